//! A real browser, driven through its own protocol over a pipe: no driver program, no port.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Long enough for the slowest machine; nothing waits for it unless the test fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// A browser with one page. It ends with the test.
pub struct Browser {
    child: Child,
    pipe: ChildStdin,
    messages: Receiver<Value>,
    last: u64,
    session: Option<String>,
    events: Vec<Value>,
    profile: Option<TempDir>,
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        // Its last processes may still write there: what cannot be removed now lies in the system's temporary folder.
        drop(self.profile.take().map(TempDir::close));
    }
}

/// The browser to use.
fn program() -> String {
    if let Ok(named) = std::env::var("CHROME") {
        return named;
    }
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let found = names.iter().find(|name| std::env::split_paths(&paths).any(|folder| folder.join(name).is_file()));
    found.map(ToString::to_string).expect(
        "these tests need Chromium: `tests/run` installs it on Debian and Ubuntu (`apt-get install chromium`); \
         elsewhere, install it or name it in the variable CHROME",
    )
}

impl Browser {
    /// A browser whose window is 1280 pixels wide, with an empty page.
    pub fn start() -> Browser {
        let profile = tempfile::tempdir().expect("a folder");
        // The browser speaks on the descriptors 3 and 4.
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1"])
            .arg(program())
            .arg("--remote-debugging-pipe")
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
            .args([
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-extensions",
            ])
            .args(["--disable-default-apps", "--no-default-browser-check", "--hide-scrollbars", "--mute-audio"])
            .args(["--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "about:blank"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell starts");
        let pipe = child.stdin.take().expect("it was asked for");
        let answers = child.stdout.take().expect("it was asked for");
        let (sender, messages) = channel();
        thread::spawn(move || {
            for message in BufReader::new(answers).split(0).map_while(Result::ok) {
                let message = serde_json::from_slice(&message).expect("the browser speaks JSON");
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let profile = Some(profile);
        let mut browser = Browser { child, pipe, messages, last: 0, session: None, events: Vec::new(), profile };
        let target = browser.call("Target.createTarget", json!({"url": "about:blank"}))["targetId"].clone();
        let session = browser.call("Target.attachToTarget", json!({"targetId": target, "flatten": true}));
        browser.session = session["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        browser.resize(1280, 900);
        browser
    }

    /// What the browser answers to a command.
    pub fn call(&mut self, method: &str, params: Value) -> Value {
        self.answer(method, params).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// What the browser answers to a command, or why it does not.
    fn answer(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        self.last += 1;
        let mut message = json!({"id": self.last, "method": method, "params": params});
        if let Some(session) = &self.session {
            message["sessionId"] = session.clone().into();
        }
        let bytes = [message.to_string().as_bytes(), b"\0"].concat();
        self.pipe.write_all(&bytes).and_then(|()| self.pipe.flush()).expect("the browser listens");
        loop {
            let mut message = self.messages.recv_timeout(PATIENCE).expect("the browser answers");
            if message["id"] == self.last {
                return match message.get_mut("error") {
                    Some(error) => Err(error.take()),
                    None => Ok(message["result"].take()),
                };
            }
            self.events.push(message);
        }
    }

    /// What happened since the last time that it was asked.
    fn happened(&mut self) -> Vec<Value> {
        self.events.extend(self.messages.try_iter());
        std::mem::take(&mut self.events)
    }

    /// Opens an address and waits until it is loaded.
    pub fn open(&mut self, address: &str) {
        let answer = self.call("Page.navigate", json!({"url": address}));
        assert!(answer.get("errorText").is_none(), "{address}: {answer}");
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /// Opens an address that leads on to another, and waits for that one.
    pub fn follow(&mut self, address: &str, to: &str) {
        self.call("Page.navigate", json!({"url": address}));
        self.until(&format!("location.href === {to:?} && document.readyState === 'complete'"));
    }

    /// Opens a file.
    pub fn open_file(&mut self, path: &Path) {
        self.open(&format!("file://{}", path.display()));
    }

    /// The value of an expression of JavaScript in the page.
    pub fn value(&mut self, expression: &str) -> Value {
        let params = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let mut answer = self.call("Runtime.evaluate", params);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].take()
    }

    /// The text that an expression gives.
    pub fn text(&mut self, expression: &str) -> String {
        self.value(expression).as_str().expect("a text").to_owned()
    }

    /// Whether an expression holds.
    pub fn holds(&mut self, expression: &str) -> bool {
        self.value(&format!("Boolean({expression})")) == true
    }

    /// Waits until an expression holds. A page that goes in the middle of it, because another comes, holds nothing.
    pub fn until(&mut self, expression: &str) {
        let started = Instant::now();
        let asked = json!({"expression": format!("Boolean({expression})"), "returnByValue": true});
        while !self.answer("Runtime.evaluate", asked.clone()).is_ok_and(|answer| answer["result"]["value"] == true) {
            assert!(started.elapsed() < PATIENCE, "it never came: {expression}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Makes the window of this size.
    pub fn resize(&mut self, width: u32, height: u32) {
        let params = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        self.call("Emulation.setDeviceMetricsOverride", params);
    }

    /// Clicks into the middle of the first element that a selector names.
    pub fn click(&mut self, selector: &str) {
        let middle = format!(
            "(() => {{ const it = document.querySelector({selector:?}); it.scrollIntoView({{block: 'center', behavior: 'instant'}}); \
             const box = it.getBoundingClientRect(), place = [box.x + box.width / 2, box.y + box.height / 2]; \
             return it.contains(document.elementFromPoint(...place)) && place; }})()"
        );
        // While one page fades into the next, nothing can be clicked.
        self.until(&middle);
        let place = self.value(&middle);
        for kind in ["mousePressed", "mouseReleased"] {
            let params = json!({"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1});
            self.call("Input.dispatchMouseEvent", params);
        }
    }

    /// Presses a key and lets go.
    pub fn press(&mut self, key: &str, code: u32) {
        for kind in ["keyDown", "keyUp"] {
            let params = json!({"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code});
            self.call("Input.dispatchKeyEvent", params);
        }
    }

    /// Addresses that were asked for, and what the browser complained about, since the last time.
    pub fn requests_and_complaints(&mut self) -> (Vec<String>, Vec<String>) {
        let (mut requests, mut complaints) = (Vec::new(), Vec::new());
        for event in self.happened() {
            let params = &event["params"];
            match event["method"].as_str().unwrap_or("") {
                "Network.requestWillBeSent" => {
                    let url = params["request"]["url"].as_str().expect("a request has an address");
                    // What a style sheet holds in itself is asked of nobody.
                    requests.extend((!url.starts_with("data:")).then(|| url.to_owned()));
                }
                "Network.loadingFailed" | "Runtime.exceptionThrown" => complaints.push(params.to_string()),
                "Log.entryAdded" => complaints.push(params["entry"].to_string()),
                "Runtime.consoleAPICalled"
                    if matches!(params["type"].as_str(), Some("error" | "warning" | "assert")) =>
                {
                    complaints.push(params["args"].to_string());
                }
                _ => {}
            }
        }
        (requests, complaints)
    }
}
