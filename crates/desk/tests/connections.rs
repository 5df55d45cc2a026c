//! Slow callers, on a real socket: they lose their place to others, and hold up nobody who writes.

mod common;

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use common::{Folder, fill};
use ledger::Ledger;
use ledger::sample::World;
use rapporteur_desk::{Desk, Settings, serve};

/// How long a slow caller is borne with in these tests.
const SHORT: Duration = Duration::from_millis(400);

/// How long others may wait at most: far more than [`SHORT`], for machines that are busy.
const LONG: Duration = Duration::from_secs(20);

/// A desk that listens, with one place for a connection.
struct Served {
    address: SocketAddr,
    file: PathBuf,
    _folder: Folder,
}

impl Served {
    fn open(stories: usize) -> Self {
        Self::with_places(stories, 1)
    }

    fn with_places(stories: usize, places: usize) -> Self {
        let folder = Folder::new();
        let file = folder.file("world.db");
        fill(&file, stories);
        let mut settings = Settings::new(&file);
        settings.connections = places;
        settings.head = SHORT;
        settings.stall = SHORT;
        let desk = Desk::open(settings).expect("the ledger opens");
        let (tell, told) = mpsc::channel();
        // It serves as long as the tests run.
        thread::spawn(move || {
            let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
            serve(desk, any, |address| {
                tell.send(address).expect("somebody waits")
            })
        });
        Served {
            address: told.recv_timeout(LONG).expect("the desk listens"),
            file,
            _folder: folder,
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("a connection");
        stream.set_read_timeout(Some(LONG)).expect("a time limit");
        stream
    }

    /// Asks for a page on a connection of its own, and gives the first line of the answer.
    fn ask(&self, path: &str) -> String {
        let mut stream = self.connect();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        .expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer.lines().next().unwrap_or_default().to_owned()
    }
}

/// Whether the other end has closed, within [`LONG`]; whatever it sent before is read.
fn closed(stream: &mut TcpStream) -> bool {
    let mut sent = Vec::new();
    match stream.read_to_end(&mut sent) {
        Ok(_) => true,
        Err(error) => error.kind() == ErrorKind::ConnectionReset,
    }
}

#[test]
fn who_never_ends_a_request_loses_the_place() {
    let desk = Served::open(1);
    let mut slow = desk.connect();
    slow.write_all(b"GET /events HTTP/1.1\r\nHo")
        .expect("half a head");
    let start = Instant::now();
    assert_eq!(desk.ask("/codebook"), "HTTP/1.1 200 OK");
    assert!(start.elapsed() < LONG);
    assert!(closed(&mut slow));
}

#[test]
fn who_sends_letter_by_letter_loses_the_place() {
    let desk = Served::open(1);
    let mut slow = desk.connect();
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let head = "GET /events HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".to_owned();
        for letter in head.bytes().chain(std::iter::repeat(b'x')) {
            if slow.write_all(&[letter]).is_err() || told.try_recv().is_ok() {
                return;
            }
            thread::sleep(SHORT / 8);
        }
    });
    assert_eq!(desk.ask("/codebook"), "HTTP/1.1 200 OK");
    let _ = tell.send(());
}

#[test]
fn who_asks_once_and_stays_loses_the_place() {
    let desk = Served::open(1);
    let mut idle = desk.connect();
    idle.write_all(b"GET /about HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .expect("a request");
    assert_eq!(desk.ask("/codebook"), "HTTP/1.1 200 OK");
    assert!(closed(&mut idle));
}

#[test]
fn who_takes_nothing_of_an_answer_holds_neither_the_place_nor_the_writer() {
    let desk = Served::open(60);
    let mut slow = desk.connect();
    slow.set_write_timeout(Some(SHORT)).expect("a time limit");
    // More than the buffers between the two hold.
    let request = "GET /events.jsonl HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(400);
    // The desk reads no further requests while an answer waits.
    let _ = slow.write_all(request.as_bytes());
    let mut ledger = Ledger::open(&desk.file).expect("it can be written");
    let record = World::new(99, 3, 8).tell().record;
    ledger.add(&record).expect("no reader holds the writer");
    assert_eq!(desk.ask("/codebook"), "HTTP/1.1 200 OK");
}

#[test]
fn many_slow_callers_hold_neither_pages_nor_the_writer() {
    let desk = Served::with_places(300, 256);
    // More than a socket's buffers hold, and who reads a byte of it now and then.
    let mut readers: Vec<TcpStream> = (0..120).map(|_| desk.connect()).collect();
    for reader in &mut readers {
        let request = "GET /events.jsonl HTTP/1.1\r\nHost: localhost\r\n\r\n";
        reader.write_all(request.as_bytes()).expect("a request");
    }
    let mut senders: Vec<TcpStream> = (0..60).map(|_| desk.connect()).collect();
    for sender in &mut senders {
        sender
            .write_all(b"GET /events HTTP/1.1\r\nX-")
            .expect("half a head");
    }
    let mut ledger = Ledger::open(&desk.file).expect("it can be written");
    let mut world = World::new(98, 3, 8);
    for path in ["/codebook", "/events", "/stories/S1", "/"] {
        let mut byte = [0];
        for reader in &mut readers {
            reader
                .read_exact(&mut byte)
                .expect("it is served, if slowly");
        }
        let start = Instant::now();
        assert_eq!(desk.ask(path), "HTTP/1.1 200 OK", "{path}");
        ledger
            .add(&world.tell().record)
            .expect("nobody holds the writer");
        assert!(start.elapsed() < LONG, "{path}: {:?}", start.elapsed());
    }
    assert!(senders.iter_mut().all(closed), "who sends no head goes");
}
