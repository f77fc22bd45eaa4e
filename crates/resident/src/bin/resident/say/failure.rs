/// What happened, what it means, what to do. `technical` stands in where nothing better is known.
pub fn failure(code: &str, technical: &str) -> String {
    match code {
        "no-town" => "まだ、どの自治体にも参加していません。join で参加してください。",
        "unknown-town" => "その自治体には参加していません。",
        "which-town" => "参加している自治体がいくつかあります。--town で選んでください。",
        "no-notice" => "そのお知らせは、この電話にありません。",
        "no-place" => "その場所は、この電話にありません。",
        "no-attachment" => "そのファイルは、お知らせに付いていません。",
        "no-garbage-area" => "その名前の地区はありません。地区をつけずに garbage と打つと、一覧が出ます。",
        "listen-not-loopback" => "ほかの機械からも届くアドレスでは、開きません。127.0.0.1 を使ってください。",
        "no-dist" => "画面のファイルがありません。ui/ で npm run build と打つと、できます。",
        "bad-address" => "自治体のアドレスではありません。https:// で始まるアドレスを入れてください。",
        "insecure-address" => "守られていないアドレスです。https:// で始まるアドレスを入れてください。",
        "root-unreadable" => "自治体の証明 (root.json) を読めませんでした。ファイルを確かめてください。",
        "bad-root" => "これは自治体の証明 (root.json) ではありません。役所で配られたものを使ってください。",
        "root-without-town" => "どの自治体の証明なのか、書かれていません。役所で配られたものを使ってください。",
        "other-root" => {
            "もう参加している自治体です。けれども証明 (root.json) が前と違うので、変えませんでした。役所に確かめてください。"
        }
        "other-fingerprint" => {
            "そのアドレスにあった証明が、リンクのものと違います。参加しませんでした。役所に確かめてください。"
        }
        "other-town" => "ほかの自治体のものだったので、使いませんでした。前の内容はそのままです。",
        "private-damaged" => {
            "この電話の、あなたの記録が壊れています。そのまま残してあります。控えがあれば、それに戻してください。"
        }
        "private-newer" => "あなたの記録は、もっと新しいアプリのものです。アプリを新しくしてください。",
        "cache-damaged" => "この電話にある町の内容が壊れていました。sync で、もう一度受け取ってください。",
        "busy" => "同じときに、ほかの受け取りが終わりました。もう一度お試しください。",
        "offline" => "この電話は圏外です。つながったら、もう一度お試しください。",
        "unreachable" => "町の配信が止まっています。時間をおいて、もう一度お試しください。",
        "captive-portal" => {
            "町の代わりに、ほかのページが答えました。Wi-Fiのログインがすんでいるか、確かめてください。前の内容は見られます。"
        }
        "missing" => "町の配信に、あるはずのものがありませんでした。前の内容はそのままです。",
        "no-room" => "この端末に空きが足りません。空けてから、もう一度ためしてください。前の内容はそのままです。",
        "too-large" => "大きすぎるものが来たので、使いませんでした。前の内容はそのままです。",
        "rollback" => "前より古いものが来たので、使いませんでした。前の内容はそのままです。",
        "expired" => "期限が切れたものが来たので、使いませんでした。前の内容はそのままです。",
        "newer-format" => "新しいアプリのための内容です。アプリを新しくしてください。前の内容は見られます。",
        "signature" | "kind" | "format" | "hash" | "mixed" | "role-name" | "trust" => {
            "町のものだと確かめられなかったので、使いませんでした。前の内容はそのままです。"
        }
        _ => return format!("うまくいきませんでした。({technical})"),
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_foresaw_is_said_in_its_own_words() {
        assert_eq!(failure("cache", "disk full"), "うまくいきませんでした。(disk full)");
        assert!(failure("rollback", "x").contains("前の内容はそのまま"));
    }
}
