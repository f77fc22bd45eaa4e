use madoguchi_bundle::client::{ClientError, FetchError, MetadataFetch};

use super::{Trouble, Wire};
use crate::edges::NetError;

/// Fetches a town's metadata over its line, and remembers what went wrong in the network's own words.
pub(crate) struct MetadataOf<'w, 'n> {
    wire: &'w mut Wire<'n>,
    failed: Option<NetError>,
}

impl<'w, 'n> MetadataOf<'w, 'n> {
    pub(crate) fn new(wire: &'w mut Wire<'n>) -> Self {
        MetadataOf { wire, failed: None }
    }

    /// What an error of the client really was.
    pub(crate) fn explain(&mut self, error: ClientError) -> Trouble {
        match (error, self.failed.take()) {
            (ClientError::Fetch { .. }, Some(failed)) => Trouble::Net(failed),
            (ClientError::Fetch { name, error: FetchError::NotFound }, None) => Trouble::Missing(name),
            (error, _) => Trouble::Metadata(error),
        }
    }
}

impl MetadataFetch for MetadataOf<'_, '_> {
    async fn fetch(&mut self, name: &str, max: u64) -> Result<Vec<u8>, FetchError> {
        match self.wire.whole(&format!("metadata/{name}"), max).await {
            Ok(bytes) => Ok(bytes),
            Err(NetError::NotFound) => Err(FetchError::NotFound),
            Err(NetError::TooLarge { max }) => Err(FetchError::TooLarge { max }),
            Err(error) => {
                let words = error.to_string();
                self.failed = Some(error);
                Err(FetchError::Failed(words))
            }
        }
    }
}
