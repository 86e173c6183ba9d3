//! SMART App Launch as a client: discovery, launch, callback, tokens, identity.
