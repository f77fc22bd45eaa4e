//! Parts of files, from memory and from disk.

use super::*;

/// The same questions about a small file and about one that is streamed.
async fn of_both_sizes() -> (Running, [(&'static str, Vec<u8>); 2]) {
    let small: Vec<u8> = (0..100u8).collect();
    let large: Vec<u8> = (0..(1u32 << 20) + 100_000).map(|n| (n % 251) as u8).collect();
    let server = serve(&[("targets/small.zst", &small), ("targets/large.zst", &large)]).await;
    (server, [("/targets/small.zst", small), ("/targets/large.zst", large)])
}

#[tokio::test]
async fn one_range_is_cut_out() {
    let (server, files) = of_both_sizes().await;
    for (path, content) in files {
        let end = content.len() - 1;
        for (range, first, last) in [
            ("0-0".into(), 0, 0),
            ("10-19".into(), 10, 19),
            ("90-".into(), 90, end),
            ("-7".into(), end - 6, end),
            (format!("5-{}", end + 50), 5, end),
        ] {
            let reply = server.get(path, &format!("Range: bytes={range}\r\n")).await;
            assert_eq!(reply.status, 206, "{path} {range}");
            let expected = format!("bytes {first}-{last}/{}", content.len());
            assert_eq!(reply.header("content-range"), Some(expected.as_str()));
            assert_eq!(reply.header("content-length"), Some((last - first + 1).to_string().as_str()));
            assert!(reply.body == content[first..=last], "{path} {range}");
            assert!(reply.header("etag").is_some());
        }
    }
}

#[tokio::test]
async fn what_lies_behind_the_end_is_refused_with_the_size() {
    let (server, files) = of_both_sizes().await;
    for (path, content) in files {
        for range in [format!("{}-", content.len()), "-0".into()] {
            let reply = server.get(path, &format!("Range: bytes={range}\r\n")).await;
            assert_eq!((reply.status, reply.body.len()), (416, 0), "{range}");
            assert_eq!(reply.header("content-range"), Some(format!("bytes */{}", content.len()).as_str()));
        }
    }
}

#[tokio::test]
async fn several_ranges_and_nonsense_give_the_whole() {
    let (server, files) = of_both_sizes().await;
    for (path, content) in files {
        for range in ["bytes=0-1,5-6", "bytes=7-3", "bytes=x", "pages=1-2"] {
            let reply = server.get(path, &format!("Range: {range}\r\n")).await;
            assert_eq!((reply.status, reply.header("content-range")), (200, None), "{range}");
            assert!(reply.body == content);
        }
    }
}

#[tokio::test]
async fn a_download_is_resumed_only_if_it_is_still_the_same_file() {
    let (server, [(path, content), _]) = of_both_sizes().await;
    let etag = server.get(path, "").await.etag();
    let resumed = server.get(path, &format!("Range: bytes=50-\r\nIf-Range: {etag}\r\n")).await;
    assert_eq!((resumed.status, resumed.body.as_slice()), (206, &content[50..]));
    for other in ["\"other\"".into(), format!("W/{etag}"), "Sat, 21 Nov 2026 00:00:00 GMT".into()] {
        let reply = server.get(path, &format!("Range: bytes=50-\r\nIf-Range: {other}\r\n")).await;
        assert_eq!((reply.status, reply.body.len()), (200, content.len()), "{other}");
    }
}

#[tokio::test]
async fn head_knows_no_ranges() {
    let (server, files) = of_both_sizes().await;
    for (path, content) in files {
        let reply = server.ask("HEAD", path, "Range: bytes=0-1\r\n").await;
        assert_eq!((reply.status, reply.header("content-range")), (200, None));
        assert_eq!(reply.header("content-length"), Some(content.len().to_string().as_str()));
        assert_eq!(reply.header("accept-ranges"), Some("bytes"));
    }
}
