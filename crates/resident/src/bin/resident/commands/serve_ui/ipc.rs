use std::io::{self, Read, Write};
use std::sync::PoisonError;

use madoguchi_resident::Phone;
use madoguchi_resident::api::{self, ApiError, SyncProgress};
use madoguchi_resident::native::{UreqNet, wait};
use serde_json::{Value, json};
use tiny_http::Request;

use super::Ui;
use super::answer::{HEADERS, error, json_of, respond};
use super::guard::{random_name, values};

/// Arguments are small: what is larger is something else.
const ARGS_MAX: u64 = 64 * 1024;
const LINES: &str = "application/x-ndjson";

impl Ui {
    /// A command. `sync`, and whoever asks for lines, hears how it goes.
    pub(super) fn call(
        &self,
        phone: &Phone,
        net: &UreqNet,
        mut request: Request,
        command: &str,
    ) -> io::Result<()> {
        let mut body = Vec::new();
        request.as_reader().take(ARGS_MAX + 1).read_to_end(&mut body)?;
        if body.len() as u64 > ARGS_MAX {
            return respond(request, error(413, "bad-arguments", "the arguments are too large"));
        }
        let args = match serde_json::from_slice(&body) {
            _ if body.is_empty() => Value::Null,
            Ok(args) => args,
            Err(why) => return respond(request, error(400, "bad-arguments", &why.to_string())),
        };
        if command == "sync" || values(&request, "Accept").any(|kinds| kinds.contains(LINES)) {
            return self.call_in_lines(phone, net, request, command, args);
        }
        let result = self.result(phone, net, command, args, &mut |_| ());
        respond(
            request,
            match result {
                Ok(result) => json_of(200, &result),
                Err(e) => error(status(&e), e.code, &e.message),
            },
        )
    }

    fn call_in_lines(
        &self,
        phone: &Phone,
        net: &UreqNet,
        request: Request,
        command: &str,
        args: Value,
    ) -> io::Result<()> {
        let mut out = request.into_writer();
        write!(
            out,
            "HTTP/1.1 200 OK\r\nContent-Type: {LINES}\r\nCache-Control: no-store\r\nConnection: close\r\n"
        )?;
        for (name, value) in HEADERS {
            write!(out, "{name}: {value}\r\n")?;
        }
        write!(out, "Transfer-Encoding: chunked\r\n\r\n")?;
        let mut line = |value: Value| -> io::Result<()> {
            let line = format!("{value}\n");
            write!(out, "{:x}\r\n{line}\r\n", line.len())?;
            out.flush()
        };
        // A sync goes on when the page is closed on the way: what came is not lost.
        let result = self.result(phone, net, command, args, &mut |progress| {
            let _ = line(json!({ "progress": progress }));
        });
        line(match result {
            Ok(result) => json!({ "result": result }),
            Err(error) => json!({ "error": error }),
        })?;
        write!(out, "0\r\n\r\n")?;
        out.flush()
    }

    fn result(
        &self,
        phone: &Phone,
        net: &UreqNet,
        command: &str,
        args: Value,
        on_progress: &mut dyn FnMut(SyncProgress),
    ) -> Result<Value, ApiError> {
        let wanted = (command == "attachment").then(|| serde_json::from_value(args.clone()).ok()).flatten();
        let mut result = wait(api::call(phone, net, command, args, on_progress))?;
        if let (Some(wanted), Some(file)) = (wanted, result.get_mut("file")) {
            let name = random_name().map_err(|message| ApiError { code: "random", message })?;
            *file = format!("/file/{name}").into();
            self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(name, wanted);
        }
        Ok(result)
    }
}

/// The status for what was not done. The code in the body says more.
pub(super) fn status(error: &ApiError) -> u16 {
    match error.code {
        "bad-arguments" => 400,
        code if code == "unknown-command" || code.starts_with("no-") => 404,
        "offline" | "unreachable" | "captive-portal" => 503,
        _ => 422,
    }
}
