"""Pages that gather from several rooms: home, the four signed-in areas, health."""
