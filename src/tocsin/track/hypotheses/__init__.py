"""One sensor's looks: which belong together, decided over several scans."""
