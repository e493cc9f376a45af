//! Connections: each is answered by itself, and shut where nothing comes.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;

/// How long a request may take to come in, and a connection be kept between two: a few hundred that say nothing would use up what
/// the system lets one program open.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long nothing is accepted when no more connections can be opened.
const PAUSE: Duration = Duration::from_millis(200);

/// Answers every connection, for ever.
pub(super) async fn serve(listener: TcpListener, router: Router) -> io::Result<()> {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(PATIENCE);
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) if is_of_the_other_side(&error) => continue,
            Err(_) => {
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        // What is written is whole: it need not wait for more.
        let _ = stream.set_nodelay(true);
        let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone()));
        tokio::spawn(async move {
            // Whoever went away hears no complaint.
            let _: Result<(), hyper::Error> = connection.await;
            Ok::<(), Infallible>(())
        });
    }
}

/// Whether only this connection failed.
fn is_of_the_other_side(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
