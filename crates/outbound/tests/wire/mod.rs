//! A server that says exactly the bytes it is told to, and a resolver that asks nobody.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use outbound::Resolver;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What a connection is answered with.
#[derive(Clone)]
pub enum Answer {
    /// These bytes, then the end of the connection.
    Bytes(Vec<u8>),
    /// Nothing, with the connection kept open.
    Never,
    /// A head, then a byte now and then without an end.
    Drip,
}

pub struct Server {
    pub connections: Arc<AtomicUsize>,
    address: SocketAddr,
    asked: Arc<Mutex<Vec<u8>>>,
    task: JoinHandle<()>,
}

impl Server {
    pub async fn start(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (connections, asked) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::new())));
        let (counter, record) = (connections.clone(), asked.clone());
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counter.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, answer.clone(), record.clone()));
            }
        });
        Self { connections, address, asked, task }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    pub fn asked_bytes(&self) -> Vec<u8> {
        self.asked.lock().expect("not poisoned").clone()
    }

    pub fn asked(&self) -> String {
        String::from_utf8_lossy(&self.asked_bytes()).into_owned()
    }

    /// Stops listening; the port is free when this returns.
    pub async fn stop(self) {
        self.task.abort();
        let _ = self.task.await;
    }
}

async fn serve(mut stream: TcpStream, answer: Answer, record: Arc<Mutex<Vec<u8>>>) {
    let mut request = vec![0; 16 * 1024];
    let mut length = 0;
    // Requests here are small: the head and the few bytes of the body come within one or two reads.
    while let Ok(read @ 1..) = stream.read(&mut request[length..]).await {
        length += read;
        if is_whole(&request[..length]) {
            break;
        }
    }
    record.lock().expect("not poisoned").extend_from_slice(&request[..length]);
    match answer {
        Answer::Bytes(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
        }
        Answer::Never => std::future::pending().await,
        Answer::Drip => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n").await;
            while stream.write_all(b" ").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    }
}

fn is_whole(request: &[u8]) -> bool {
    if request.first() == Some(&0x16) {
        return true;
    }
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()?.parse().ok());
    body.len() >= length.unwrap_or(0)
}

/// A resolver that changes its mind: each question gets the next answer, the last one for ever.
pub struct ChangingResolver {
    pub asked: AtomicUsize,
    answers: Vec<Vec<SocketAddr>>,
}

/// A resolver with a fixed answer, or with none for ever.
pub struct CountingResolver {
    pub asked: AtomicUsize,
    addresses: Option<Vec<SocketAddr>>,
}

impl CountingResolver {
    pub fn new(addresses: &[&str]) -> Self {
        let addresses = addresses.iter().map(|text| text.parse().expect("an address")).collect();
        Self { asked: AtomicUsize::new(0), addresses: Some(addresses) }
    }

    pub fn silent() -> Self {
        Self { asked: AtomicUsize::new(0), addresses: None }
    }
}

#[async_trait]
impl Resolver for CountingResolver {
    async fn resolve(&self, _host: &str, _port: u16) -> io::Result<Vec<SocketAddr>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        match &self.addresses {
            Some(addresses) => Ok(addresses.clone()),
            None => std::future::pending().await,
        }
    }
}

impl ChangingResolver {
    pub fn new(answers: &[&[&str]]) -> Self {
        let answers =
            answers.iter().map(|answer| answer.iter().map(|text| text.parse().expect("an address")).collect());
        Self { asked: AtomicUsize::new(0), answers: answers.collect() }
    }
}

#[async_trait]
impl Resolver for ChangingResolver {
    async fn resolve(&self, _host: &str, _port: u16) -> io::Result<Vec<SocketAddr>> {
        let at = self.asked.fetch_add(1, Ordering::SeqCst);
        Ok(self.answers[at.min(self.answers.len() - 1)].clone())
    }
}
