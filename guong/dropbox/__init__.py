"""Drop box: the few dynamic paths of the portal."""
