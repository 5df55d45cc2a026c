//! Connections: nobody holds a place for long without using it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use crate::desk::{Desk, Settings};
use crate::routes::router;
use crate::socket::Socket;

/// How long answers that are being sent when the desk is ended may go on.
const FAREWELL: Duration = Duration::from_secs(5);

/// How long a desk waits where it cannot accept a connection.
const BREATH: Duration = Duration::from_millis(50);

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
    let open = Arc::new(GracefulShutdown::new());
    let accepting = tokio::spawn(accept(listener, desk, Arc::clone(&open)));
    stopped().await;
    accepting.abort();
    // It ends with no answer, as it was told to.
    let _ = accepting.await;
    if let Some(open) = Arc::into_inner(open) {
        // Who is slower than that is cut off.
        let _ = tokio::time::timeout(FAREWELL, open.shutdown()).await;
    }
    Ok(())
}

/// Accepts connections, as long as there are places for them, and serves each on its own.
async fn accept(listener: TcpListener, desk: Arc<Desk>, open: Arc<GracefulShutdown>) {
    let places = Arc::new(Semaphore::new(desk.settings.connections.max(1)));
    let pages = router(Arc::clone(&desk));
    loop {
        // Nobody closes the places.
        let place = Arc::clone(&places).acquire_owned().await.ok();
        let stream = next(&listener).await;
        let connection = http1(&desk.settings).serve_connection(
            TokioIo::new(Socket::new(stream, desk.settings.stall)),
            TowerToHyperService::new(pages.clone()),
        );
        let connection = open.watch(connection);
        tokio::spawn(async move {
            // Whoever breaks a connection off has nobody left to tell.
            let _ = connection.await;
            drop(place);
        });
    }
}

/// What is spoken on a connection. Its head must come soon, also that of a second request: whoever sends a letter a
/// minute, or nothing, loses the place to others.
fn http1(settings: &Settings) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(settings.head);
    builder
}

/// The next connection.
async fn next(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            // It went away while it waited, or the process has no file left; others will end.
            Err(_) => tokio::time::sleep(BREATH).await,
        }
    }
}

/// Ends at Ctrl-C; where the system does not let us listen for it, never.
async fn stopped() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
