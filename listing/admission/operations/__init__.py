"""What is done with an application and an admission, by verb."""
