//! The socket.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;

use crate::desk::Desk;
use crate::routes::router;

/// Why the desk cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is taken, or not this machine's.
    #[error("cannot listen on {address}: {source}; choose another with --port or --address")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The threads could not be started, or the socket broke.
    #[error("cannot serve: {0}")]
    Serve(#[from] std::io::Error),
}

/// Serves a desk until Ctrl-C. `ready` is told the address when it listens; port 0 takes any that is free.
///
/// # Errors
/// Where the address cannot be listened on.
pub fn serve(
    desk: Arc<Desk>,
    address: SocketAddr,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        // Questions wait for permits before they take a thread; this bounds what is left, such as file look-ups.
        .max_blocking_threads(desk.settings.readers + desk.settings.stories + 4)
        .build()?;
    runtime.block_on(run(desk, address, ready))
}

async fn run(
    desk: Arc<Desk>,
    address: SocketAddr,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let listen = |source| ServeError::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(listen)?;
    ready(listener.local_addr()?);
    axum::serve(listener, router(desk))
        .with_graceful_shutdown(stopped())
        .await?;
    Ok(())
}

/// Ends at Ctrl-C; where the system does not let us listen for it, never.
async fn stopped() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
