"""What people upload: checked, kept outside the web root under its hash, and handed out as a download."""
