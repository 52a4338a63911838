"""A pledge on its way to be proposed: with whom, the sentence, the deadline; a handshake holds it out."""
