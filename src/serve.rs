//! HTTP from the in-memory snapshot. Floor 7.
//!
//! In: an [`Output`], again and again. Out: what a static host would send for it. While changes are followed, a script is
//! added to pages on their way out: it reloads them when they change, and shows the errors of a failed build. The
//! output itself never holds it.

mod content_type;
mod host;
mod live;
mod lookup;
mod respond;
#[cfg(test)]
mod tests;

use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;

use axum::Router;
use serde::Serialize;
use tokio::sync::watch;

use crate::artefact::Output;
use crate::base::Hash;
use crate::vfs::Files;

use host::Hosts;
use respond::App;

/// How many ports after the one asked for are tried.
const PORTS: u16 = 100;

/// An error as the panel in the browser shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The stable name of the finding.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// `file:line:column`, if it has a place.
    pub place: Option<String>,
    /// The line that it is about.
    pub line: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

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

/// What is served now.
struct Snapshot {
    output: Arc<Output>,
    /// The path under which old settings publish the site, `/docs/`: the site is served there too.
    base: String,
    /// Equal for equal outputs, in this run and the next.
    id: String,
    /// Why the last build did not replace this snapshot.
    problems: Vec<Problem>,
}

impl Snapshot {
    fn new(output: Arc<Output>, base: String) -> Snapshot {
        let hashes: Vec<_> = output.iter().map(|(path, artefact)| (path, artefact.hash)).collect();
        Snapshot { id: Hash::of(&hashes).short(16), output, base, problems: Vec::new() }
    }
}

/// Replaces what a server serves.
#[derive(Clone)]
pub struct Publisher(Arc<watch::Sender<Arc<Snapshot>>>);

impl Publisher {
    /// Serves this output from now on. `base` is the path under which settings publish the site, `/` or `/docs/`.
    pub fn publish(&self, output: Arc<Output>, base: &str) {
        self.0.send_replace(Arc::new(Snapshot::new(output, base.to_owned())));
    }

    /// Goes on with the last output, and shows why it was not replaced.
    pub fn fail(&self, problems: Vec<Problem>) {
        self.0.send_modify(|last| {
            let (output, base, id) = (last.output.clone(), last.base.clone(), last.id.clone());
            *last = Arc::new(Snapshot { output, base, id, problems });
        });
    }
}

/// A server that listens and has nothing to say yet.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    host: String,
    publisher: Publisher,
}

impl Server {
    /// Listens at `address`, or at one of the next ports if that one is taken and another will do.
    pub fn bind(address: &Address) -> io::Result<Server> {
        let listener = listen(address)?;
        listener.set_nonblocking(true)?;
        let nothing = Snapshot::new(Arc::default(), "/".into());
        Ok(Server {
            address: listener.local_addr()?,
            listener,
            host: address.host.clone(),
            publisher: Publisher(Arc::new(watch::Sender::new(Arc::new(nothing)))),
        })
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

    /// What replaces the output that is served.
    pub fn publisher(&self) -> Publisher {
        self.publisher.clone()
    }

    /// Serves what is published until Ctrl-C. Files that the output copies are read from `files` when they are asked for.
    pub fn run(self, files: Arc<dyn Files + Send + Sync>) -> io::Result<()> {
        self.answer(files, false)
    }

    /// The same, with a script in each page that follows changes.
    pub fn run_live(self, files: Arc<dyn Files + Send + Sync>) -> io::Result<()> {
        self.answer(files, true)
    }

    fn answer(self, files: Arc<dyn Files + Send + Sync>, live: bool) -> io::Result<()> {
        let hosts = Hosts::new(&self.host, self.address.ip());
        let app = Arc::new(App { snapshots: self.publisher.0.subscribe(), files, hosts, live });
        let router = Router::new().fallback(respond::answer).with_state(app);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            tokio::select! {
                served = axum::serve(listener, router) => served,
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
