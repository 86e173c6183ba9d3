//! A receiver that answers as badly as it is told to.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use url::Url;

/// How it answers.
#[derive(Debug, Clone)]
pub enum Answers {
    /// With this status line and these headers, and no body.
    Status(String),
    /// 200, and a body that goes on for as long as somebody reads it.
    Endless,
    /// Not at all.
    Never,
}

/// What it got: the head of a request, in lower case, and its body.
#[derive(Debug, Clone)]
pub struct Message {
    pub head: String,
    pub body: Vec<u8>,
}

impl Message {
    /// The value of a header, as it was written.
    pub fn header(&self, name: &str) -> &str {
        let line = self.head.lines().find(|line| line.to_lowercase().starts_with(&format!("{name}: ")));
        line.map(|line| line[name.len() + 2..].trim()).unwrap_or_default()
    }
}

pub struct Receiver {
    pub port: u16,
    bytes: Arc<Mutex<Vec<Vec<u8>>>>,
    serving: JoinHandle<()>,
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Receiver {
    /// Starts on a free port; `answers` says what comes to which request, counted from 0.
    pub async fn start(answers: impl Fn(usize) -> Answers + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let bytes: Arc<Mutex<Vec<Vec<u8>>>> = Arc::default();
        let (kept, answers) = (bytes.clone(), Arc::new(answers));
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = {
                    let mut all = kept.lock().expect("nobody panicked");
                    all.push(Vec::new());
                    all.len() - 1
                };
                tokio::spawn(serve(stream, answers(number), kept.clone(), number));
            }
        });
        Self { port, bytes, serving }
    }

    pub fn url(&self) -> Url {
        format!("http://127.0.0.1:{}/hooks/accord", self.port).parse().expect("an address")
    }

    /// Everything that came, connection by connection.
    pub fn bytes(&self) -> Vec<Vec<u8>> {
        self.bytes.lock().expect("nobody panicked").clone()
    }

    /// Every request that came whole.
    pub fn messages(&self) -> Vec<Message> {
        self.bytes().iter().filter_map(|bytes| whole(bytes)).collect()
    }
}

async fn serve(mut stream: TcpStream, answers: Answers, kept: Arc<Mutex<Vec<Vec<u8>>>>, number: usize) {
    let mut buffer = [0; 4096];
    loop {
        let read = stream.read(&mut buffer).await.unwrap_or(0);
        let mut all = kept.lock().expect("nobody panicked");
        all[number].extend_from_slice(&buffer[..read]);
        if read == 0 || whole(&all[number]).is_some() {
            break;
        }
    }
    match answers {
        Answers::Status(line) => {
            let answer = format!("HTTP/1.1 {line}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            let _ = stream.write_all(answer.as_bytes()).await;
        }
        Answers::Endless => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await;
            while stream.write_all(b"1\r\nx\r\n").await.is_ok() {
                tokio::task::yield_now().await;
            }
        }
        Answers::Never => std::future::pending().await,
    }
}

fn whole(bytes: &[u8]) -> Option<Message> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let message = Message { head: String::from_utf8(bytes[..end].to_vec()).ok()?, body: bytes[end + 4..].to_vec() };
    (message.body.len() == message.header("content-length").parse().unwrap_or(0)).then_some(message)
}
