//! One host, which is asked one thing after the other, only for what its `robots.txt` allows, and not before the time that it
//! asks for.

use std::thread;
use std::time::Duration;

use super::address::{joined, origin, path};
use super::answer::Answer;
use super::client::{Client, Method, NoAnswer, Response};
use super::robots::Robots;

/// How often something is asked again that fails for now.
const RETRIES: u32 = 2;
/// How long a host is waited for that asks for patience.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often an address may lead on to another: as browsers have it.
const REDIRECTS: usize = 20;

pub(super) struct Host<'c> {
    client: &'c Client,
    origin: &'c str,
    /// How long is waited before something is asked again.
    pause: Duration,
    robots: Option<Robots>,
    /// Whether it wants to be left alone.
    shut: bool,
}

/// What came of asking for one address, without where it leads on.
enum Step {
    Answer(Answer),
    /// To another address, for good or for now.
    On(String, bool),
}

impl<'c> Host<'c> {
    pub fn new(client: &'c Client, origin: &'c str, pause: Duration) -> Host<'c> {
        Host { client, origin, pause, robots: None, shut: false }
    }

    /// What became of an address of this host.
    pub fn ask(&mut self, address: &str) -> Answer {
        if !self.robots().allow(path(address)) {
            return Answer::Unsure("the `robots.txt` of its host asks programs to stay away".to_owned());
        }
        let (mut at, mut for_good) = (address.to_owned(), true);
        for _ in 0..REDIRECTS {
            match self.step(&at) {
                Step::Answer(Answer::Alive) if at != address && for_good => return Answer::Moved(at),
                Step::Answer(answer) => return answer,
                Step::On(to, permanent) => {
                    for_good &= permanent;
                    at = to;
                }
            }
        }
        Answer::Dead("it leads on and on without an end".to_owned())
    }

    /// What the host lets programs look at. A host that fails to say so forbids it all (RFC 9309, 2.3.1).
    fn robots(&mut self) -> &Robots {
        let (client, origin) = (self.client, self.origin);
        self.robots.get_or_insert_with(|| match client.ask(&format!("{origin}/robots.txt"), Method::Text) {
            Ok(response) if (200..300).contains(&response.status) => Robots::read(&response.text, &client.name),
            Ok(response) if response.status >= 500 => Robots::none_allowed(),
            // One that cannot be reached says so when it is asked for the address.
            _ => Robots::all_allowed(),
        })
    }

    /// Asks for an address until there is an answer.
    fn step(&mut self, address: &str) -> Step {
        let mut pause = self.pause;
        for left in (0..=RETRIES).rev() {
            if self.shut && origin(address) == self.origin {
                return Step::Answer(Answer::of_status(429));
            }
            let response = self.once(address);
            match &response {
                Ok(Response { status: 429 | 503, retry_after, .. }) => {
                    let wait = retry_after.unwrap_or(pause);
                    if wait > PATIENCE || left == 0 {
                        // What else is asked of it would only be refused.
                        self.shut |= origin(address) == self.origin && matches!(&response, Ok(it) if it.status == 429);
                        return read(address, response);
                    }
                    thread::sleep(wait);
                }
                Ok(Response { status: 500.., .. }) | Err(NoAnswer::Late | NoAnswer::Failed(_)) if left > 0 => {
                    thread::sleep(pause)
                }
                _ => return read(address, response),
            }
            pause *= 2;
        }
        Step::Answer(Answer::of_status(503))
    }

    /// Asks for an address; the thing itself only where the host does not say whether it is there.
    fn once(&self, address: &str) -> Result<Response, NoAnswer> {
        match self.client.ask(address, Method::Head) {
            // One that was asked too often is not asked twice.
            Ok(Response { status, .. }) if status >= 400 && ![429, 503].contains(&status) => {
                self.client.ask(address, Method::Get)
            }
            answer => answer,
        }
    }
}

fn read(address: &str, response: Result<Response, NoAnswer>) -> Step {
    Step::Answer(match response {
        Ok(Response { status: status @ (301 | 302 | 303 | 307 | 308), location: Some(location), .. }) => {
            return Step::On(joined(address, &location), matches!(status, 301 | 308));
        }
        Ok(response) => Answer::of_status(response.status),
        Err(NoAnswer::NoHost) => Answer::Dead("there is no such host".to_owned()),
        Err(NoAnswer::Late) => Answer::Unsure("its host does not answer in time".to_owned()),
        Err(NoAnswer::Failed(why)) => Answer::Unsure(why),
    })
}
