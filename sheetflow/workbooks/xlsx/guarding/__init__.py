"""What is looked at before anything is parsed, and the limits that a file from strangers is read under."""
