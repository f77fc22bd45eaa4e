//! The app's real window: it opens on a phone that joined a town, a notice is read in it, and what is seen is on the screen.

use std::path::PathBuf;

use madoguchi_tests::{Phone, Screen, TestTown, Window, until};

fn app() -> PathBuf {
    std::env::var_os("MADOGUCHI_APP").map(PathBuf::from).expect("MADOGUCHI_APP names the app's binary")
}

fn town() -> TestTown {
    let town = TestTown::new("222127", "焼津市");
    let words = "id,title,body,segment,published_at,department\n\
        a,あすの朝 水が止まります,10時から12時まで、港町で水が止まります。,暮らし,2026-11-20,水道課\n\
        b,秋の読書会,図書館でひらきます。,催し,2026-11-19,図書館\n";
    town.write("notices.csv", words);
    town.publish(&[]);
    town
}

/// Needs GTK, Xvfb and WebKitWebDriver: `cargo xtask test` sees to them and names the app's binary.
#[test]
#[ignore = "run by cargo xtask test"]
fn a_notice_is_read_in_the_window_with_the_town_gone() {
    let town = town();
    let server = town.serve();
    let phone = Phone::new();
    phone.join(&server.url, &town.root());
    drop(server);

    let screen = Screen::start();
    let empty = screen.colours();
    assert_eq!(empty, 1, "the screen is empty before the app opens");
    let window = Window::open(&app(), &screen, phone.home());
    window.wait_for("return document.body.innerText.includes('あすの朝')");
    // The town is gone, and the screen says so in words, with the age of what it shows.
    window.wait_for(
        "return document.querySelector('.age') !== null || document.body.innerText.includes('の内容です')",
    );

    window.script("location.hash = '#/notices'");
    window.wait_for("return document.querySelector('main a[href=\"#/notices/a\"]') !== null");
    window.script("document.querySelector('main a[href=\"#/notices/a\"]').click()");
    window.wait_for("return document.body.innerText.includes('10時から12時まで')");
    // Read here is read on the phone, by whatever looks at it.
    until("the notice counts as read", || {
        let unread = phone.ids(&["notices", "--unread"]);
        (unread == ["b"]).then_some(())
    });

    // Text and surfaces are drawn, in the colours of the theme that the page says it has.
    let canvas = window.script(
        "const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number); return [r, g, b]",
    );
    let canvas: Vec<u8> = serde_json::from_value(canvas).expect("a colour");
    until("the window is drawn", || (screen.colours() > 50).then_some(()));
    let share = screen.share_of([canvas[0], canvas[1], canvas[2]]);
    assert!(share > 0.1, "the page's own ground is on the screen: {share}");
}

/// The page may reach its own files and the core, and nothing else, whatever script should get into it.
#[test]
#[ignore = "run by cargo xtask test"]
fn the_window_lets_nothing_in_or_out() {
    let screen = Screen::start();
    let phone = Phone::new();
    let window = Window::open(&app(), &screen, phone.home());
    window.wait_for("return document.querySelector('main') !== null");

    // A server of this machine that would answer anyone.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    listener.set_nonblocking(true).expect("a socket");
    let fetched = window.script_later(&format!(
        "const done = arguments[0]; fetch('http://127.0.0.1:{port}/').then(() => done('came'), () => done('refused'))"
    ));
    assert_eq!(fetched, "refused");
    let picture = window.script_later(&format!(
        "const done = arguments[0]; const i = new Image(); i.onload = () => done('came'); \
         i.onerror = () => done('refused'); i.src = 'http://127.0.0.1:{port}/a.png'"
    ));
    assert_eq!(picture, "refused");
    assert!(listener.accept().is_err(), "nothing was even asked for");

    // Commands that no capability grants: of a plugin, of the core's own window, and one that does not exist.
    for command in ["plugin:opener|open_path", "plugin:window|close", "plugin:device|view", "format_disk"] {
        let refused = window.script_later(&format!(
            "const done = arguments[0]; window.__TAURI_INTERNALS__.invoke('{command}', {{ path: '/etc/passwd' }})\
             .then(() => done('done'), () => done('refused')); setTimeout(() => done('refused'), 3000)"
        ));
        assert_eq!(refused, "refused", "{command}");
    }
    // A link to a file or a program is opened by nobody.
    let opened = window.script_later(
        "const done = arguments[0]; window.__TAURI_INTERNALS__.invoke('plugin:opener|open_url', { url: 'file:///etc/passwd' })\
         .then(() => done('done'), () => done('refused'))",
    );
    assert_eq!(opened, "refused");
}
