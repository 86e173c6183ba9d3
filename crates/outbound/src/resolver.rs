//! Names to addresses, handed in.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use async_trait::async_trait;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::address::is_permitted;

/// Finds the addresses of a name; tests hand in one that asks nobody.
#[async_trait]
pub trait Resolver: Send + Sync {
    /// Finds the addresses of `host`. `port` is to be put into each; 0 means the port of the request's URL.
    async fn resolve(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>>;
}

/// The machine's resolver, save that `localhost` and the names under it are 127.0.0.1 without asking (RFC 6761).
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemResolver;

#[async_trait]
impl Resolver for SystemResolver {
    async fn resolve(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        if host == "localhost" || host.ends_with(".localhost") {
            return Ok(vec![(Ipv4Addr::LOCALHOST, port).into()]);
        }
        Ok(tokio::net::lookup_host((host, port)).await?.collect())
    }
}

/// Stands between the HTTP library and the resolver, so that only checked addresses are ever connected to.
pub(crate) struct Guarded {
    pub(crate) resolver: Arc<dyn Resolver>,
    pub(crate) development: bool,
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = Arc::clone(&self.resolver);
        let development = self.development;
        Box::pin(async move {
            let found = resolver.resolve(name.as_str(), 0).await?;
            // One private address among public ones is already an attempt to get inside.
            if found.iter().any(|address| !is_permitted(address.ip(), development)) {
                return Err(PrivateAddress.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Marks the refusal on its way through the HTTP library's errors.
#[derive(Debug, thiserror::Error)]
#[error("the address is not a public one")]
pub(crate) struct PrivateAddress;

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn names_under_localhost_are_loopback_without_asking() {
        for name in ["localhost", "valley.localhost", "a.b.localhost"] {
            let found = SystemResolver.resolve(name, 4001).await.expect("an answer");
            assert_eq!(found, ["127.0.0.1:4001".parse().expect("an address")], "{name}");
        }
    }
}
