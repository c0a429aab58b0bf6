//! The server: the page, and answers to it, on the loopback.

#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "each connection has a thread")]

use std::io::{ErrorKind, Read};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::error::Error;
use crate::http::{Address, Asked, Limits, Response, Status, admit, read_body, read_head};
use crate::page::{page, policy};
use crate::start::Start;

/// How many connections there may be at once.
const CONNECTIONS: usize = 24;
/// How long requests may take to come.
const LIMITS: Limits = Limits { head: Duration::from_secs(5), body: Duration::from_secs(20) };
/// How long a response may take to be taken.
const TAKEN: Duration = Duration::from_secs(20);

/// Answers questions, in bounded time and memory.
pub trait Work: Send + Sync + 'static {
    /// The answer to what a page asked. `is_gone` says whether nobody waits for it any more.
    ///
    /// # Errors
    ///
    /// Why there is none.
    fn answer(&self, asked: Vec<u8>, is_gone: &dyn Fn() -> bool) -> Result<Vec<u8>, Refusal>;
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is no question.
    NoQuestion(String),
    /// The answer would take more than it may, and of what.
    Limit(String),
    /// Too much is asked at once.
    Busy,
}

/// What nobody may guess.
#[derive(Debug, Clone)]
pub struct Secrets {
    /// What whoever asks has to know.
    pub token: String,
    /// What the script of the page is known by.
    pub nonce: String,
}

/// A server that listens.
pub struct Server {
    listener: TcpListener,
    shared: Arc<Shared>,
}

/// What all connections have.
struct Shared {
    address: Address,
    page: Response,
    start: Response,
    work: Box<dyn Work>,
    connections: AtomicUsize,
}

impl Server {
    /// Listens on the loopback, at this port or, if it is 0, at any that is free.
    ///
    /// # Errors
    ///
    /// If the port is not free.
    pub fn bind(port: u16, secrets: Secrets, start: &Start, work: impl Work) -> Result<Self, Error> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(Error::Listen)?;
        let socket = listener.local_addr().map_err(Error::Listen)?;
        let Secrets { token, nonce } = secrets;
        let shared = Shared {
            address: Address::new(socket, token),
            page: Response::page(page(&nonce), policy(&nonce)),
            start: Response::json(start.json()),
            work: Box::new(work),
            connections: AtomicUsize::new(0),
        };
        Ok(Self { listener, shared: Arc::new(shared) })
    }

    /// The address to open in a browser.
    pub fn url(&self) -> String {
        self.shared.address.url()
    }

    /// Serves until the process ends.
    pub fn serve(&self) {
        for stream in self.listener.incoming() {
            // One that cannot be taken is tried again by whoever wants it; a rest keeps that from taking all time.
            let Ok(stream) = stream else {
                thread::sleep(Duration::from_millis(20));
                continue;
            };
            let shared = Arc::clone(&self.shared);
            if shared.connections.fetch_add(1, Ordering::SeqCst) >= CONNECTIONS {
                respond(&stream, &Response::told(Status::Busy, "too many connections"));
                shared.connections.fetch_sub(1, Ordering::SeqCst);
                continue;
            }
            let served = thread::Builder::new().spawn(move || {
                let _count = Count(&shared.connections);
                connection(stream, &shared);
            });
            // The connection is gone with the thread that there could not be.
            if served.is_err() {
                self.shared.connections.fetch_sub(1, Ordering::SeqCst);
            }
        }
    }
}

/// Counts a connection until it is done, however that ends.
struct Count<'a>(&'a AtomicUsize);

impl Drop for Count<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

fn connection(mut stream: TcpStream, shared: &Shared) {
    let response = match response(&mut stream, shared) {
        Ok(response) => response,
        Err(Some(status)) => Response::told(status, status.line()),
        Err(None) => return,
    };
    respond(&stream, &response);
    linger(&stream);
}

fn response(stream: &mut TcpStream, shared: &Shared) -> Result<Response, Option<Status>> {
    let (head, begun) = read_head(stream, LIMITS.head)?;
    match admit(&head, &shared.address).map_err(Some)? {
        Asked::Page => Ok(shared.page.clone()),
        Asked::Start => Ok(shared.start.clone()),
        Asked::Answer => {
            let body = read_body(stream, begun, head.length, LIMITS.body)?;
            let answered = shared.work.answer(body, &|| is_gone(stream));
            Ok(match answered {
                Ok(answer) => Response::json(answer),
                Err(Refusal::NoQuestion(why)) => Response::told(Status::BadRequest, &why),
                Err(Refusal::Limit(why)) => Response::told(Status::Limit, &why),
                Err(Refusal::Busy) => Response::told(Status::Busy, "too much is asked at once"),
            })
        }
    }
}

/// Whether the other side has closed the connection.
fn is_gone(stream: &TcpStream) -> bool {
    let mut byte = [0];
    if stream.set_nonblocking(true).is_err() {
        return true;
    }
    let gone = match stream.peek(&mut byte) {
        Ok(count) => count == 0,
        Err(error) => !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted),
    };
    stream.set_nonblocking(false).is_err() || gone
}

fn respond(mut stream: &TcpStream, response: &Response) {
    // Nobody may be listening any more.
    let _ = stream.set_write_timeout(Some(TAKEN));
    let _ = response.write(&mut stream);
    let _ = stream.shutdown(Shutdown::Write);
}

/// Takes some of what is still sent, so that the response is read before the connection is reset.
fn linger(mut stream: &TcpStream) {
    let _ = stream.set_read_timeout(Some(Duration::from_millis(25)));
    let mut rest = vec![0; 64 << 10];
    for _ in 0..256 {
        if !matches!(stream.read(&mut rest), Ok(count) if count > 0) {
            break;
        }
    }
}
