"""Documents of unknown origin: archives, XML, and the Strict form of Open XML."""
