//! HTTP from the in-memory snapshot. Floor 7.
//!
//! In: a site ([`Content`]), again and again. Out: what a static host would send for it; a page is rendered when it is asked
//! for. While changes are followed, a script is added to pages on their way out: it patches them where they are when they
//! change, and shows what is wrong. The site itself never holds it.
//!
//! Whoever asks is checked before anything else ([`guard`]): only pages of this server may read what it sends.

mod connections;
mod content;
mod content_type;
mod guard;
mod host;
mod live;
mod lookup;
mod range;
mod respond;
mod snapshot;
#[cfg(test)]
mod tests;

use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use axum::Router;
use tokio::sync::{Semaphore, watch};

use crate::artefact::Output;
use crate::vfs::Files;

pub use content::Content;
use host::Hosts;
pub use live::Live;
use respond::App;
pub use snapshot::{Problem, Publisher};
use snapshot::{Snapshot, Stage};

/// How many ports after the one asked for are tried.
const PORTS: u16 = 100;

/// Where to listen.
#[derive(Clone, Debug)]
pub struct Address {
    /// A name or an IP address of this machine.
    pub host: String,
    /// The port; 0 lets the system choose one.
    pub port: u16,
    /// Whether another port will not do.
    pub strict_port: bool,
}

/// A server that listens and has nothing to say yet.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    host: String,
    publisher: Publisher,
    /// Told when the first page of a site was made that is not known yet.
    first: SyncSender<()>,
}

impl Server {
    /// Listens at `address`, or at one of the next ports if that one is taken and another will do. What is given with the server
    /// hears when somebody was shown the first page of a site that is not known yet ([`Publisher::sketch`]).
    pub fn bind(address: &Address) -> io::Result<(Server, Receiver<()>)> {
        let listener = listen(address)?;
        listener.set_nonblocking(true)?;
        let nothing = Snapshot::new(Arc::new(Output::new()), "/".into());
        let (first, shown) = sync_channel(1);
        let server = Server {
            address: listener.local_addr()?,
            listener,
            host: address.host.clone(),
            publisher: Publisher(Arc::new(watch::Sender::new(Arc::new(nothing)))),
            first,
        };
        Ok((server, shown))
    }

    /// The address that people open.
    pub fn url(&self) -> String {
        let ip = self.address.ip();
        let host = match (ip.is_unspecified(), ip.is_ipv6()) {
            (true, false) => "127.0.0.1".to_owned(),
            (true, true) => "[::1]".to_owned(),
            (false, _) if self.host.parse::<std::net::IpAddr>().is_err() => self.host.clone(),
            (false, false) => ip.to_string(),
            (false, true) => format!("[{ip}]"),
        };
        format!("http://{host}:{}/", self.address.port())
    }

    /// The port that was found.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Whether other computers can reach it.
    pub fn is_open_to_others(&self) -> bool {
        !self.address.ip().is_loopback()
    }

    /// What replaces the site that is served.
    pub fn publisher(&self) -> Publisher {
        self.publisher.clone()
    }

    /// Serves what is published until Ctrl-C. Files that the site copies are read from `files` when they are asked for.
    pub fn run(self, files: Arc<dyn Files + Send + Sync>, live: Live) -> io::Result<()> {
        let hosts = Hosts::new(&self.host, self.address.ip());
        let snapshots = self.publisher.0.subscribe();
        let app = Arc::new(App { snapshots, files, hosts, live, turn: Semaphore::new(1), first: self.first });
        let router = Router::new().fallback(respond::answer).with_state(app);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            tokio::select! {
                served = connections::serve(listener, router) => served,
                stopped = stop() => stopped,
            }
        });
        // Browsers keep their connection for events open for ever: nobody waits for them.
        runtime.shutdown_background();
        served
    }
}

fn listen(address: &Address) -> io::Result<TcpListener> {
    let mut port = address.port;
    loop {
        let sockets: Vec<SocketAddr> = (address.host.as_str(), port).to_socket_addrs()?.collect();
        match TcpListener::bind(&*sockets) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && !address.strict_port => {
                let next = port.checked_add(1).filter(|next| next - address.port < PORTS);
                port = next.ok_or(error)?;
            }
            bound => return bound,
        }
    }
}

/// Waits until someone asks the program to end.
async fn stop() -> io::Result<()> {
    #[cfg(unix)]
    {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            stopped = tokio::signal::ctrl_c() => stopped,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
