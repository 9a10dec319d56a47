"""The stand-in for the world: flights and sensors in, scans out."""
