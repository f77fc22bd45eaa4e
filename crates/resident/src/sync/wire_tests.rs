use std::cell::Cell;
use std::io::Write;

use super::*;
use crate::edges::Answering;

/// Answers each request with the next of these.
struct Canned {
    answers: Vec<(Head, Vec<u8>)>,
    next: Cell<usize>,
}

impl Net for Canned {
    fn get<'a>(&'a self, _: &'a Request, receiver: &'a mut dyn Receive) -> Answering<'a> {
        Box::pin(async move {
            let (head, body) = self.answers[self.next.replace(self.next.get() + 1)].clone();
            receiver.head(head)?;
            body.chunks(1000).try_for_each(|chunk| receiver.chunk(chunk))
        })
    }
}

fn whole(answers: Vec<(Head, Vec<u8>)>, max: u64) -> (Result<Vec<u8>, NetError>, u64, u64) {
    let net = Canned { answers, next: Cell::new(0) };
    let mut wire = Wire::new(&net, "https://h/222127/");
    let result = pollster::block_on(wire.whole("metadata/a.json", max));
    (result, wire.requests, wire.bytes)
}

fn head(status: u16) -> Head {
    Head { status, ..Head::default() }
}

fn gzip(bytes: &[u8]) -> (Head, Vec<u8>) {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes).unwrap();
    (Head { content_encoding: Some("gzip".into()), ..head(200) }, packed.finish().unwrap())
}

#[test]
fn packed_answers_are_unpacked_and_counted_as_they_came() {
    let packed = gzip(&[b'x'; 5000]);
    let length = packed.1.len() as u64;
    let (result, requests, bytes) = whole(vec![packed], 5000);
    assert_eq!((result.unwrap().len(), requests, bytes), (5000, 1, length));
}

#[test]
fn a_bomb_stops_at_the_limit_packed_or_not() {
    let (result, _, bytes) = whole(vec![gzip(&vec![0; 10_000_000])], 5000);
    assert_eq!(result, Err(NetError::TooLarge { max: 5000 }));
    assert!(bytes < 12_000);
    let (result, _, bytes) = whole(vec![(head(200), vec![b'x'; 10_000_000])], 5000);
    assert_eq!((result, bytes), (Err(NetError::TooLarge { max: 5000 }), 6000));
}

#[test]
fn an_answer_cut_off_while_packed_is_no_answer() {
    let (head, mut body) = gzip(b"{}");
    body.truncate(body.len() - 4);
    assert!(matches!(whole(vec![(head, body)], 100).0, Err(NetError::Unreachable(_))));
}

#[test]
fn redirects_stay_with_the_host() {
    let to = |location: &str| (Head { location: Some(location.into()), ..head(301) }, b"moved".to_vec());
    let (result, requests, bytes) = whole(vec![to("/b"), (head(200), b"{}".to_vec())], 10);
    assert_eq!((result.unwrap(), requests, bytes), (b"{}".to_vec(), 2, 7));
    assert!(matches!(whole(vec![to("https://login.example/")], 10).0, Err(NetError::CaptivePortal(_))));
    let circle = vec![to("/b"); 9];
    assert!(matches!(whole(circle, 10), (Err(NetError::Unreachable(_)), 4, _)));
}

#[test]
fn each_status_means_what_it_means() {
    let error = |status| whole(vec![(head(status), b"<html>".to_vec())], 10).0.unwrap_err();
    assert_eq!(error(404), NetError::NotFound);
    assert_eq!(error(403), NetError::NotFound);
    assert!(matches!(error(503), NetError::Unreachable(_)));
    assert!(matches!(error(511), NetError::CaptivePortal(_)));
    assert!(matches!(error(200), NetError::CaptivePortal(_)));
}

#[test]
fn an_endless_page_for_an_error_is_not_read_to_its_end() {
    let (result, _, bytes) = whole(vec![(head(404), vec![b'x'; 10_000_000])], 10);
    assert_eq!(result, Err(NetError::NotFound));
    assert!(bytes < 70_000);
}
