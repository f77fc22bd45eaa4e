//! The app's real window: it opens on a phone that joined a town, a notice is read in it, and what is seen is on the screen.

use std::path::PathBuf;

use madoguchi_tests::{Calls, Phone, Screen, TestTown, Window, copy_folder, repository, until};

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

/// A spot of the sample town that lies under 3 to 5 metres of the river, far from every slope.
const DEEP: (&str, &str) = ("34.6876", "138.6146");

/// The share of a colour beside the spot at which the map stands: beside its mark, its name and its way.
fn beside_the_spot(window: &Window, screen: &Screen, role: &str) -> f64 {
    // The middle of what is seen of the map; it stands below what lies over it, and above the answer, once both are there.
    let found = window.wait_for(&format!(
        "const [all, over] = ['main', 'main section'].map((name) => document.querySelector(name)?.getBoundingClientRect()); \
         if (!all || !over || !document.querySelector('canvas')) return null; \
         const at = [all.left + all.width / 2, all.top + 130 + (all.height - 130 - over.height) / 2].map(Math.round); \
         return [at, getComputedStyle(document.documentElement).getPropertyValue('{role}').trim()]"
    ));
    let ([x, y], colour): ([usize; 2], String) = serde_json::from_value(found).expect("a spot and a colour");
    // Written `#rrggbb`, or `#rgb` where the build found that shorter.
    let digits: String = match colour.trim_start_matches('#') {
        short if short.len() == 3 => short.chars().flat_map(|digit| [digit, digit]).collect(),
        whole => whole.into(),
    };
    let number = u32::from_str_radix(&digits, 16).expect("a colour");
    let [_, red, green, blue] = number.to_be_bytes();
    screen.share_within([x - 60, y - 20, 40, 40], [red, green, blue])
}

/// In flight mode from cold: the app begins where there is no network and finds everything on the phone.
#[test]
#[ignore = "run by cargo xtask test"]
fn in_flight_mode_the_map_is_drawn_and_answers_and_nobody_is_called() {
    let town = TestTown::empty();
    copy_folder(&repository().join("towns/mihon"), &town.dir());
    town.init("992011", "見本市");
    town.publish(&[]);
    let server = town.serve();
    let phone = Phone::new();
    phone.join(&server.url, &town.root());

    // With the town there and a network, the app calls it, and this is seen.
    let screen = Screen::start();
    let calls = Calls::new();
    let window = Window::open_watched(&app(), &screen, phone.home(), &calls);
    let address = server.url.trim_start_matches("http://").trim_end_matches('/');
    let wanted = format!("madoguchi-app connect {address}");
    until("the town is called", || calls.made().contains(&wanted).then_some(()));
    drop(window);
    drop(server);

    let screen = Screen::start();
    let calls = Calls::in_flight_mode();
    let window = Window::open_watched(&app(), &screen, phone.home(), &calls);
    window.wait_for("return document.querySelector('main') !== null");
    assert_eq!(
        window.script("return navigator.onLine"),
        false,
        "the web view knows that it is in flight mode"
    );

    // The same spot without the layers of the flood, then with them: what is counted is the flood and nothing else.
    let (lat, lon) = DEEP;
    let go = |hazard: &str| {
        window.script(&format!("location.hash = '#/map?lat={lat}&lon={lon}&hazard={hazard}'"));
    };
    go("landslide");
    window.wait_for("return document.querySelector('canvas') !== null");
    let share = |role: &str| beside_the_spot(&window, &screen, role);
    // Blocks come first and roads in tiles, which zones do too.
    until("the ground is drawn", || (share("--map-block") > 0.3 && share("--map-road") > 0.01).then_some(()));
    assert_eq!(share("--depth-3"), 0.0, "no flood where its layers are hidden");
    go("flood");
    // Between the lines of its pattern and the roads; three in ten pixels where nobody smooths them.
    until("the flood is drawn", || (share("--depth-3") > 0.2).then_some(()));
    for other in ["--depth-1", "--depth-2", "--depth-4", "--depth-5"] {
        assert_eq!(share(other), 0.0, "{other}");
    }

    // In words: how deep, where to go and how, as the core says it without a window.
    let asked = phone.run(&["hazard", "--at", &format!("{lat},{lon}"), "--from", "flood"]);
    assert_eq!(asked["layers"][0]["class"], "3-5");
    let site = asked["sites"][0]["name"].as_str().expect("a place to flee to");
    window.script(&format!("location.hash = '#/map/answer?lat={lat}&lon={lon}&hazard=flood'"));
    window.wait_for(&format!("return document.body.innerText.includes('{site}')"));
    let words = window.text();
    for needed in ["3〜5メートル", site, "歩いて"] {
        assert!(words.contains(needed), "{needed}: {words}");
    }

    for name in ["madoguchi-app", "WebKitWebProcess", "WebKitNetworkProcess"] {
        assert!(calls.watched().contains(name), "{name} is not watched: {:?}", calls.watched());
    }
    assert_eq!(calls.made(), Vec::<String>::new(), "nobody is called");
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
