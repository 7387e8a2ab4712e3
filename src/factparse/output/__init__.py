"""The outputs: one module for each format. A module imports the packages of its format itself."""
