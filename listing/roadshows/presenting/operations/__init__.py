"""What changes a company's part in a roadshow: asked, answered, noted, taken back."""
