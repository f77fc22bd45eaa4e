//! What only text holds together in the app's shell: the names of commands, what may be called, what the phones' manifests
//! ask for, versions. Each is said in several files, and here they are held against each other.

use std::collections::BTreeSet;
use std::fs;

use madoguchi_resident::api::COMMANDS;
use madoguchi_tests::repository;
use serde_json::Value;

type Names = BTreeSet<String>;

/// Commands that the core does not know: they need a device, or carry bytes.
const OF_THE_SHELL: [&str; 7] =
    ["attachment_bytes", "map_tile", "gsi_tile", "open_attachment", "share", "share_picture", "device"];

const CONF: &str = "src-tauri/tauri.conf.json";
const COMMAND_FILES: &str = "src-tauri/src/commands";
const CAPABILITIES: &str = "src-tauri/capabilities";
const MANIFEST: &str = "src-tauri/gen/android/app/src/main/AndroidManifest.xml";
const RES: &str = "src-tauri/gen/android/app/src/main/res";
const KOTLIN: &str = "src-tauri/gen/android/app/src/main/java";
const GRADLE: &str = "src-tauri/gen/android/app/build.gradle.kts";
const PLIST: &str = "src-tauri/gen/apple/madoguchi-app_iOS/Info.plist";
const PROJECT: &str = "src-tauri/gen/apple/project.yml";
const MAIN_MM: &str = "src-tauri/gen/apple/Sources/madoguchi-app/main.mm";

#[test]
fn a_command_has_one_name_from_the_core_to_the_screen() {
    let text = read("src-tauri/src/commands/names.rs");
    let names = set(quoted(between(&text, "NAMES: &[&str] = &[", "];"), '"'));

    let functions = functions();
    assert_eq!(set(functions.iter().map(|f| f.name.clone())), names, "functions marked #[command]");
    let text = read("src-tauri/src/commands/mod.rs");
    let handled = between(&text, "generate_handler![", "]").split(',').map(str::trim);
    let handled = set(handled.filter(|entry| !entry.is_empty()));
    assert_eq!(
        handled,
        set(functions.iter().map(|f| format!("{}::{}", f.file, f.name))),
        "generate_handler!"
    );

    let (own, _) = granted(&json(&format!("{CAPABILITIES}/screens.json")));
    assert_eq!(own, names, "capabilities/screens.json");
    assert_eq!(let_through().0, names, "isolation/names.js");

    let core = set(COMMANDS.iter().copied());
    let rest: Names = names.difference(&core).cloned().collect();
    assert_eq!(rest, set(OF_THE_SHELL), "what is not of the core");
    assert_eq!(core.difference(&names).next(), None, "of the core, and not to be had in the app");
    for function in functions.iter().filter(|f| core.contains(&f.name)) {
        let (name, body) = (&function.name, &function.body);
        let runs = [format!("call.run(\"{name}\")"), format!("call.run_with(\"{name}\",")];
        assert!(runs.iter().any(|run| body.contains(run)), "{name} runs something else");
    }

    let text = read("ui/src/ipc/bindings.ts");
    let typed = between(&text, "export interface Commands {", "\n}").lines();
    let typed = set(typed.filter_map(|line| line.split_once(':')).map(|(name, _)| name.trim()));
    assert_eq!(typed, core, "ui/src/ipc/bindings.ts");
}

#[test]
fn plugins_may_be_asked_for_what_is_granted_and_for_nothing_else() {
    let mut plugins = Names::new();
    let mut identifiers = Names::new();
    for path in files(CAPABILITIES, "json") {
        let capability = json(&path);
        let identifier = string(&capability["identifier"]);
        assert_eq!(path, format!("{CAPABILITIES}/{identifier}.json"));
        assert_eq!(capability["windows"], serde_json::json!(["main"]), "{path}");
        assert!(capability.get("remote").is_none(), "{path}: pages of others get nothing");
        let (own, of_plugins) = granted(&capability);
        assert!(identifier == "screens" || own.is_empty(), "{path}: commands stand in screens.json");
        for entry in of_plugins {
            assert!(plugins.insert(entry.clone()), "{entry} is granted twice");
        }
        identifiers.insert(identifier);
    }
    assert_eq!(let_through().1, plugins, "isolation/names.js");
    assert_eq!(set(strings(&json(CONF)["app"]["security"]["capabilities"])), identifiers, "{CONF}");
}

#[test]
fn phones_ask_for_what_the_docs_give_a_reason_for() {
    let documented = documented_permissions();
    let asked = |prefix: &str| -> Names {
        documented.iter().filter(|name| name.starts_with(prefix)).cloned().collect()
    };

    let mut android = Names::new();
    for variant in folders("src-tauri/gen/android/app/src") {
        let Some(manifest) = read_if_there(&format!("{variant}/AndroidManifest.xml")) else { continue };
        let manifest = uncommented(&manifest);
        assert!(!manifest.contains("uses-permission-sdk"), "{variant}: only uses-permission");
        let permissions = tags(&manifest, "uses-permission");
        android.extend(permissions.iter().map(|tag| attribute(tag, "android:name").to_string()));
    }
    assert_eq!(android, asked("android.permission."), "AndroidManifest.xml");

    let described = |text: &str| -> Names {
        let keys = text.split(['<', '>', ' ', '\n']).filter(|word| word.ends_with("UsageDescription"));
        keys.map(String::from).collect()
    };
    let mut apple = described(&read(PLIST));
    for merged in ["src-tauri/Info.plist", "src-tauri/Info.ios.plist"] {
        apple.extend(read_if_there(merged).as_deref().map(described).unwrap_or_default());
    }
    assert_eq!(apple, asked("NS"), "Info.plist");
    assert!(json(CONF)["bundle"]["iOS"].get("infoPlist").is_none(), "a list that is not looked at here");
    let english = described(&read("src-tauri/gen/apple/madoguchi-app_iOS/en.lproj/InfoPlist.strings"));
    assert_eq!(english, apple, "in English too");
    for name in &apple {
        assert!(!plist_strings(&read(PLIST), name).concat().trim().is_empty(), "{name} gives no reason");
    }
}

#[test]
fn nothing_is_backed_up() {
    let application = application();
    assert_eq!(attribute(&application, "android:allowBackup"), "false");
    assert_eq!(attribute(&application, "android:hasFragileUserData"), "false");
    assert_eq!(attribute(&application, "android:dataExtractionRules"), "@xml/data_extraction_rules");
    assert_eq!(attribute(&application, "android:fullBackupContent"), "@xml/backup_rules");
    let everything = set([
        "root",
        "file",
        "database",
        "sharedpref",
        "external",
        "device_root",
        "device_file",
        "device_database",
        "device_sharedpref",
    ]);
    let new = uncommented(&read(&format!("{RES}/xml/data_extraction_rules.xml")));
    let old = uncommented(&read(&format!("{RES}/xml/backup_rules.xml")));
    for rules in [
        between(&new, "<cloud-backup>", "</cloud-backup>"),
        between(&new, "<device-transfer>", "</device-transfer>"),
        between(&old, "<full-backup-content>", "</full-backup-content>"),
    ] {
        assert!(!rules.contains("<include"), "{rules}");
        let excluded = tags(rules, "exclude");
        assert!(excluded.iter().all(|tag| attribute(tag, "path") == "."), "{rules}");
        assert_eq!(set(excluded.iter().map(|tag| attribute(tag, "domain"))), everything);
    }

    let main = read(MAIN_MM);
    let folder = format!("URLByAppendingPathComponent:@\"{}\"", string(&json(CONF)["identifier"]));
    let marked = between(&main, "static void keepOutOfBackups", "\n}");
    assert!(
        marked.contains(&folder)
            && marked.contains("setResourceValue:@YES forKey:NSURLIsExcludedFromBackupKey")
    );
    let start = between(&main, "int main(", "\n}");
    let (before, _) = start.split_once("ffi::start_app()").expect("it starts the app");
    assert!(before.contains("keepOutOfBackups()"), "before anything is written");
}

#[test]
fn nothing_travels_in_clear_and_nothing_but_the_window_is_open_to_others() {
    let application = application();
    assert_eq!(attribute(&application, "android:usesCleartextTraffic"), "false");
    assert_eq!(attribute(&application, "android:networkSecurityConfig"), "@xml/network_security_config");
    let permitted = |path: &str| -> Vec<String> {
        let config = uncommented(&read(path));
        let base = tags(&config, "base-config").concat();
        assert_eq!(attribute(&base, "cleartextTrafficPermitted"), "false", "{path}");
        config.split("</domain>").filter_map(|part| part.rsplit_once('>')).map(|(_, d)| d.into()).collect()
    };
    let released = permitted(&format!("{RES}/xml/network_security_config.xml"));
    assert!(released.iter().all(|rest| rest.trim().is_empty()), "{released:?}");
    let config = uncommented(&read(&format!("{RES}/xml/network_security_config.xml")));
    assert!(!config.contains("domain-config") && !config.contains("\"true\""), "{config}");
    let debug = "src-tauri/gen/android/app/src/debug/res/xml/network_security_config.xml";
    for domain in permitted(debug).iter().map(|d| d.trim()).filter(|d| !d.is_empty()) {
        assert!(["localhost", "127.0.0.1", "10.0.2.2"].contains(&domain), "{domain} is not this computer");
    }
    assert!(!read(PLIST).contains("NSAppTransportSecurity"), "Info.plist loosens nothing");

    let manifest = uncommented(&read(MANIFEST));
    let components = ["activity", "activity-alias", "service", "receiver", "provider"];
    let components = components.iter().flat_map(|tag| tags(&manifest, tag));
    let open = components.filter(|tag| tag.contains("android:exported=\"true\""));
    let open: Vec<String> = open.map(|tag| attribute(&tag, "android:name").into()).collect();
    assert_eq!(open, [".MainActivity"]);
}

#[test]
fn links_open_the_app_on_every_phone() {
    let links = &json(CONF)["plugins"]["deep-link"];
    let mobile = links["mobile"].as_array().expect("a list").iter().flat_map(|link| strings(&link["scheme"]));
    let mobile = set(mobile);
    assert!(!mobile.is_empty());
    assert_eq!(set(strings(&links["desktop"]["schemes"])), mobile, "desktop");
    let manifest = uncommented(&read(MANIFEST));
    let android = tags(&manifest, "data").into_iter().filter(|tag| tag.contains("android:scheme"));
    assert_eq!(set(android.map(|tag| attribute(&tag, "android:scheme").to_string())), mobile, "{MANIFEST}");
    assert_eq!(set(plist_strings(&read(PLIST), "CFBundleURLSchemes")), mobile, "{PLIST}");
}

#[test]
fn the_screens_load_nothing_from_elsewhere() {
    let here =
        ["'self'", "'none'", "data:", "blob:", "ipc:", "http://ipc.localhost", "https://ipc.localhost"];
    let security = &json(CONF)["app"]["security"];
    assert_eq!(security["csp"]["default-src"], "'self'");
    assert!(security.get("dangerousDisableAssetCspModification").is_none());
    let policies = ["csp", "devCsp"].map(|name| security.get(name).cloned().unwrap_or_default());
    for (directive, sources) in policies.iter().filter(|p| !p.is_null()).flat_map(directives) {
        for source in sources.split_whitespace() {
            assert!(here.contains(&source), "{directive} {source}");
        }
    }
}

#[test]
fn versions_and_identifiers_agree() {
    let conf = json(CONF);
    let (version, identifier) = (string(&conf["version"]), string(&conf["identifier"]));
    assert_eq!(version, env!("CARGO_PKG_VERSION"), "the workspace's");
    let plist = read(PLIST);
    for key in ["CFBundleShortVersionString", "CFBundleVersion"] {
        assert_eq!(plist_strings(&plist, key), [version.as_str()], "{key}");
    }
    let gradle = read(GRADLE);
    for part in ["versionName", "versionCode"] {
        let from_tauri = format!("{part} = tauriProperties.getProperty(\"tauri.android.{part}\"");
        assert!(gradle.contains(&from_tauri), "{part} is what tauri.conf.json says");
    }

    for key in ["applicationId", "namespace"] {
        assert_eq!(after(&gradle, &format!("{key} = ")).trim_matches('"'), identifier, "{key}");
    }
    let package = format!("{KOTLIN}/{}", identifier.replace('.', "/"));
    for path in files(&package, "kt") {
        assert_eq!(after(&read(&path), "package "), identifier, "{path}");
    }
    let project = read(PROJECT);
    assert_eq!(after(&project, "PRODUCT_BUNDLE_IDENTIFIER: "), identifier);
    assert_eq!(plist_strings(&plist, "CFBundleIdentifier"), ["$(PRODUCT_BUNDLE_IDENTIFIER)"]);

    let product = string(&conf["productName"]);
    assert_eq!(plist_strings(&plist, "CFBundleDisplayName"), [product.as_str()]);
    let label = format!("<string name=\"app_name\">\"{product}\"</string>");
    assert!(read(&format!("{RES}/values/strings.xml")).contains(&label));
    let on_ios = json("src-tauri/tauri.ios.conf.json");
    assert_eq!(after(&project, "PRODUCT_NAME: "), string(&on_ios["productName"]));

    assert_eq!(after(&gradle, "minSdk = "), conf["bundle"]["android"]["minSdkVersion"].to_string());
    let oldest = string(&conf["bundle"]["iOS"]["minimumSystemVersion"]);
    assert_eq!(after(&project, "    iOS: ").trim_matches('"'), oldest);
}

#[test]
fn androids_side_of_the_device_is_what_the_core_calls() {
    let rust = read("src-tauri/src/device/android.rs");
    let called: Vec<String> =
        rust.split("run_mobile_plugin(").skip(1).map(|call| quoted(call, '"').remove(0)).collect();
    let registered = quoted(between(&rust, "register_android_plugin(", ")"), '"');
    let [package, class] = &registered[..] else { panic!("{registered:?}") };
    let kotlin = read(&format!("{KOTLIN}/{}/{class}.kt", package.replace('.', "/")));
    assert!(kotlin.contains(&format!("@TauriPlugin\nclass {class}(private val activity: Activity)")));
    let commands = kotlin.split("@Command\n").skip(1).map(|after| between(after, "fun ", "("));
    assert_eq!(set(commands), set(called));
    let kept = read("src-tauri/gen/android/app/proguard-rules.pro");
    assert!(kept.contains(&format!("-keep class {package}.{class} ")), "it is found by its name");
    for arguments in kotlin.split("@InvokeArg\nclass ").skip(1) {
        let (name, _) = arguments.split_once(' ').expect("a class");
        assert!(kept.contains(&format!("-keep class {package}.{name} ")), "{name} is filled by name");
    }

    // One folder, named three times: where Rust writes, what Kotlin takes, what the provider hands out.
    let paths = uncommented(&read(&format!("{RES}/xml/file_paths.xml")));
    let paths = between(&paths, "<paths>", "</paths>").trim();
    assert_eq!(paths, "<cache-path name=\"shown\" path=\"shown/\" />");
    assert!(kotlin.contains("File(activity.cacheDir, \"shown\")"));
    assert!(read("src-tauri/src/device/file.rs").contains("app_cache_dir()?.join(\"shown\")"));
}

/// A function marked `#[command]`.
struct Function {
    file: String,
    name: String,
    body: String,
}

fn functions() -> Vec<Function> {
    let mut found = Vec::new();
    for path in files(COMMAND_FILES, "rs") {
        let file = path.rsplit('/').next().unwrap().trim_end_matches(".rs").to_string();
        let text = read(&path);
        for marked in text.split("#[command").skip(1) {
            let (name, body) = after_word(marked, "fn ").split_once('(').expect("a function");
            found.push(Function { file: file.clone(), name: name.into(), body: body.into() });
        }
    }
    found
}

/// What a capability grants: commands of our own, and those of plugins as the window sends them.
fn granted(capability: &Value) -> (Names, Names) {
    let (mut own, mut plugins) = (Vec::new(), Vec::new());
    for permission in capability["permissions"].as_array().expect("a list") {
        let name = string(permission.get("identifier").unwrap_or(permission));
        let command = |name: &str| name.replace('-', "_");
        match name.strip_prefix("allow-") {
            Some(allowed) => own.push(command(allowed)),
            None => {
                // A set such as `core:default` would hide what it grants.
                let (plugin, allowed) =
                    name.split_once(":allow-").unwrap_or_else(|| panic!("{name} is a set"));
                let plugin = plugin.trim_start_matches("core:");
                plugins.push(format!("plugin:{plugin}|{}", command(allowed)));
            }
        }
    }
    (set(own), set(plugins))
}

/// What the isolation frame lets through: commands of our own, and those of plugins.
fn let_through() -> (Names, Names) {
    let text = read("src-tauri/isolation/names.js");
    let all = set(quoted(between(&text, "new Set([", "])"), '\''));
    all.into_iter().partition(|name| !name.starts_with("plugin:"))
}

/// The names in the table of permissions of docs/mobile.md, each with its reason beside it.
fn documented_permissions() -> Names {
    let text = read("docs/mobile.md");
    let mut names = Vec::new();
    for row in text.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let name = cells[0].trim_matches('`');
        if name.starts_with("android.permission.") || name.ends_with("UsageDescription") {
            assert!(cells.last().is_some_and(|reason| reason.len() > 20), "{name} without a reason");
            names.push(name.to_string());
        }
    }
    assert!(!names.is_empty(), "the table is gone");
    set(names)
}

fn application() -> String {
    tags(&uncommented(&read(MANIFEST)), "application").concat()
}

fn directives(policy: &Value) -> Vec<(String, String)> {
    let list = policy.as_object().expect("a policy by directives");
    let sources = |value: &Value| value.as_str().map_or_else(|| strings(value).join(" "), String::from);
    list.iter().map(|(directive, value)| (directive.clone(), sources(value))).collect()
}

fn read(path: &str) -> String {
    read_if_there(path).unwrap_or_else(|| panic!("{path} is not there"))
}

fn read_if_there(path: &str) -> Option<String> {
    fs::read_to_string(repository().join(path)).ok()
}

fn json(path: &str) -> Value {
    serde_json::from_str(&read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn entries(folder: &str) -> Vec<(String, bool)> {
    let entries = fs::read_dir(repository().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let entry =
        |entry: fs::DirEntry| (format!("{folder}/{}", entry.file_name().display()), entry.path().is_dir());
    let mut entries: Vec<_> = entries.flatten().map(entry).collect();
    entries.sort();
    entries
}

fn files(folder: &str, extension: &str) -> Vec<String> {
    let extension = format!(".{extension}");
    let found =
        entries(folder).into_iter().filter(|(path, is_folder)| !is_folder && path.ends_with(&extension));
    found.map(|(path, _)| path).collect()
}

fn folders(folder: &str) -> Vec<String> {
    entries(folder).into_iter().filter(|(_, is_folder)| *is_folder).map(|(path, _)| path).collect()
}

fn set<T: Into<String>>(names: impl IntoIterator<Item = T>) -> Names {
    let mut set = Names::new();
    for name in names.into_iter().map(Into::into) {
        assert!(set.insert(name.clone()), "{name} stands there twice");
    }
    set
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).into()
}

fn strings(list: &Value) -> Vec<String> {
    list.as_array().unwrap_or_else(|| panic!("{list} is no list")).iter().map(string).collect()
}

fn after_word<'a>(text: &'a str, start: &str) -> &'a str {
    text.split_once(start).unwrap_or_else(|| panic!("no {start} in {text}")).1
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let rest = after_word(text, start);
    rest.split_once(end).unwrap_or_else(|| panic!("no {end} after {start}")).0
}

/// What stands behind `start`, to the end of the line.
fn after<'a>(text: &'a str, start: &str) -> &'a str {
    after_word(text, start).lines().next().unwrap_or_default().trim()
}

fn quoted(text: &str, quote: char) -> Vec<String> {
    text.split(quote).skip(1).step_by(2).map(String::from).collect()
}

fn uncommented(xml: &str) -> String {
    let mut parts = xml.split("<!--");
    let first = parts.next().unwrap_or_default().to_string();
    first + &parts.map(|part| part.split_once("-->").expect("a comment that ends").1).collect::<String>()
}

/// The opening tags of that name, with their attributes.
fn tags(xml: &str, name: &str) -> Vec<String> {
    let opened = xml.split('<').filter_map(|part| part.strip_prefix(name));
    let opened = opened.filter(|rest| rest.starts_with([' ', '\n', '/', '>']));
    opened.map(|rest| rest.split('>').next().unwrap_or_default().to_string()).collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    between(tag, &format!("{name}=\""), "\"")
}

/// The texts under every key of that name, one or a list of them.
fn plist_strings(plist: &str, key: &str) -> Vec<String> {
    let mut found = Vec::new();
    for value in plist.split(&format!("<key>{key}</key>")).skip(1) {
        let value = value.trim_start();
        let value = if value.starts_with("<array>") { between(value, "<array>", "</array>") } else { value };
        let one = value.starts_with("<string>");
        let texts =
            value.split("<string>").skip(1).map(|text| text.split("</string>").next().unwrap_or_default());
        found.extend(texts.map(String::from).take(if one { 1 } else { usize::MAX }));
    }
    found
}
