//! A partner in a process of its own, which is told what to do line by line.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// A running partner. One line of JSON asks, one line answers. It ends when dropped.
#[derive(Debug)]
pub struct Partner {
    child: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Partner {
    /// Starts a program that speaks in lines. What it complains of goes to our own error output.
    ///
    /// # Errors
    /// Where the program cannot be started.
    pub fn start(command: &mut Command) -> Result<Self> {
        let shown = format!("{:?}", command.get_program());
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("starting {shown}"))?;
        let asks = child.stdin.take().context("a partner without input")?;
        let answers = BufReader::new(child.stdout.take().context("a partner without output")?);
        Ok(Self { child, asks, answers })
    }

    /// Asks for something and waits for the answer.
    ///
    /// # Errors
    /// Where the partner ends instead, or says `error`.
    pub fn ask(&mut self, wish: &Value) -> Result<Value> {
        writeln!(self.asks, "{wish}").context("telling a partner")?;
        self.asks.flush()?;
        self.answer()
    }

    /// The next answer, for partners that speak first.
    ///
    /// # Errors
    /// As [`Partner::ask`].
    pub fn answer(&mut self) -> Result<Value> {
        let mut line = String::new();
        if self.answers.read_line(&mut line)? == 0 {
            bail!("a partner ended without an answer");
        }
        let answer: Value = serde_json::from_str(&line).with_context(|| format!("a partner said {line:?}"))?;
        match answer["error"].as_str() {
            Some(error) => bail!("a partner failed: {error}"),
            None => Ok(answer),
        }
    }
}

impl Drop for Partner {
    fn drop(&mut self) {
        // It may have ended by itself; either way nothing is left behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
