"""Training and measuring of the built-in embedding; needed to rebuild it, never to answer."""
