//! Links to other hosts -> what became of them. Floor 7: it asks the network and looks at the clock.
//!
//! In: addresses with the places where they are written, the settings, what is remembered. Out: findings. Steps: leave out what
//! nobody should be asked for, take what is remembered, ask the hosts side by side and each host one thing after the other, tell
//! the dead from what only a program is refused.

mod address;
mod answer;
mod client;
mod host;
mod memory;
mod robots;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::base::Span;
use crate::config::ExternalConfig;
use crate::diag::Diagnostic;

pub use answer::Answer;
pub use memory::Memory;

use address::Wanted;
use client::Client;
use host::Host;

/// An address of another host, and where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The address.
    pub address: String,
    /// Where it is written.
    pub place: Span,
}

/// What asking came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What is wrong.
    pub found: Vec<Diagnostic>,
    /// How many addresses were asked for.
    pub asked: usize,
    /// How many of them were known from before.
    pub remembered: usize,
}

/// What is wrong with these links. `now` is the time in seconds since 1970; `pause` is how long is waited before something is asked again.
pub fn check(links: &[Link], config: &ExternalConfig, memory: &mut Memory, now: u64, pause: Duration) -> Told {
    let wanted = Wanted::new(config);
    let mut places: BTreeMap<&str, Vec<&Link>> = BTreeMap::new();
    for link in links {
        // A fragment is not sent to the host.
        let address = link.address.split('#').next().unwrap_or_default();
        if wanted.holds(address) {
            places.entry(address).or_default().push(link);
        }
    }
    let mut told = Told { asked: places.len(), ..Told::default() };
    let mut answers: BTreeMap<&str, Answer> = BTreeMap::new();
    let mut hosts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for address in places.keys() {
        match memory.answer(address, now, config.keep_days) {
            Some(answer) => {
                told.remembered += 1;
                answers.insert(address, answer);
            }
            None => hosts.entry(address::origin(address)).or_default().push(address),
        }
    }
    // The host with the most addresses takes the longest: it is begun with.
    let mut hosts: Vec<(&str, Vec<&str>)> = hosts.into_iter().collect();
    hosts.sort_by_key(|(origin, addresses)| (std::cmp::Reverse(addresses.len()), *origin));
    for (address, answer) in ask(&hosts, config, pause) {
        memory.keep(address, &answer, now);
        answers.insert(address, answer);
    }
    for (address, links) in places {
        let Some(diagnostic) = answers.get(address).and_then(|answer| answer.diagnostic(address)) else { continue };
        told.found.extend(links.into_iter().map(|link| diagnostic.clone().at(link.place.clone())));
    }
    told
}

/// Asks hosts for their addresses, several hosts at a time.
fn ask<'a>(hosts: &[(&'a str, Vec<&'a str>)], config: &ExternalConfig, pause: Duration) -> Vec<(&'a str, Answer)> {
    let client = Client::new(config);
    let next = AtomicUsize::new(0);
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..config.concurrency.clamp(1, 64).min(hosts.len()) {
            let (send, client, next) = (send.clone(), &client, &next);
            scope.spawn(move || {
                while let Some((origin, addresses)) = hosts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let mut host = Host::new(client, origin, pause);
                    for address in addresses {
                        // Whoever receives lives as long as this thread.
                        let _ = send.send((*address, host.ask(address)));
                    }
                }
            });
        }
        drop(send);
        receive.into_iter().collect()
    })
}
