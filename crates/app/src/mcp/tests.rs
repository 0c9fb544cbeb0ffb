//! The server over a small record, a message at a time.

use super::*;
use crate::{add, read};
use expect_test::{Expect, expect};
use proptest::prelude::*;
use rapporteur_record::{Background, Log};
use rapporteur_report::Given;
use std::collections::BTreeSet;
use std::sync::LazyLock;

const STORY: [(&str, &str); 3] = [
    (
        "wire.txt",
        "Army takes Velka\n\nThe army took the town of Velka on 1 March 2031, the defence ministry of \
         Orland said. Talks between the government of Orland and the Northern Front began in Port Lenn \
         on Monday, a government spokesman said.\n",
    ),
    (
        "echo.txt",
        "Velka falls\n\nThe army took the town of Velka on 1 March 2031, the defence ministry of Orland \
         said.\n",
    ),
    (
        "post.txt",
        "Front holds Velka\n\nThe Northern Front holds the town of Velka, a spokesman for the Northern \
         Front said on 2 March 2031.\n",
    ),
];

/// The record is made once for all tests.
static RECORD: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/tmp"));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("mcp.record");
    let _ = std::fs::remove_file(&path);
    let mut log = Log::open(&path).unwrap();
    let reads: Vec<_> = (STORY.iter())
        .flat_map(|(name, text)| read(name, text.as_bytes(), &Given::default(), &BTreeSet::new()))
        .map(Result::unwrap)
        .collect();
    add(&mut log, &reads, "2031-04-01T12:00:00Z").unwrap();
    path
});

fn server() -> Server {
    Server::over(RECORD.clone(), Background::default())
}

fn ask(server: &mut Server, method: &str, params: Value) -> Value {
    let message = json!({"jsonrpc": "2.0", "id": 7, "method": method, "params": params});
    let answer = server.answer(message.to_string().as_bytes()).unwrap();
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(
        (&answer["jsonrpc"], &answer["id"]),
        (&json!("2.0"), &json!(7))
    );
    answer
}

fn call(server: &mut Server, tool: &str, arguments: Value) -> Value {
    let answer = ask(
        server,
        "tools/call",
        json!({"name": tool, "arguments": arguments}),
    );
    let result = &answer["result"];
    assert_eq!(result["isError"], false, "{answer}");
    let text: Value = serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
    assert_eq!(text, result["structuredContent"]);
    text
}

#[test]
fn both_eras_are_spoken() {
    let mut server = server();
    for (asked, agreed) in [
        ("2025-06-18", "2025-06-18"),
        ("2024-11-05", "2024-11-05"),
        ("2099-01-01", "2025-11-25"),
    ] {
        let answer = ask(&mut server, "initialize", json!({"protocolVersion": asked}));
        assert_eq!(answer["result"]["protocolVersion"], agreed);
        assert_eq!(answer["result"]["serverInfo"]["name"], "rapporteur");
    }
    assert_eq!(ask(&mut server, "ping", json!({}))["result"], json!({}));
    let meta = |version: &str| json!({"_meta": {VERSION_KEY: version}});
    let answer = ask(&mut server, "server/discover", meta("2026-07-28"));
    let result = &answer["result"];
    assert_eq!(result["supportedVersions"][0], "2026-07-28");
    assert_eq!(result["resultType"], "complete");
    assert_eq!(result["_meta"][SERVER_KEY]["name"], "rapporteur");
    let answer = ask(&mut server, "tools/list", meta("2027-01-01"));
    assert_eq!(answer["error"]["code"], -32022);
    assert_eq!(answer["error"]["data"]["requested"], "2027-01-01");
}

#[test]
fn every_tool_answers_with_its_evidence() {
    let mut server = server();
    let list = ask(&mut server, "tools/list", json!({}));
    let names: Vec<&str> = (list["result"]["tools"].as_array().unwrap().iter())
        .map(|tool| tool["name"].as_str().unwrap())
        .collect();
    assert_eq!(names.len(), tools::TOOLS.len());
    for view in [
        "timeline", "disputes", "talks", "control", "claims", "figures", "reports", "lineage",
        "names",
    ] {
        assert!(names.contains(&view));
        call(&mut server, view, json!({}));
    }
    let claims = call(&mut server, "claims", json!({"place": "Velka"}));
    let first = &claims["items"][0];
    let (report, id) = (&first["report"]["id"], &first["voice"]["claim"]);
    let text = call(&mut server, "report", json!({ "id": report }));
    let body: Vec<char> = text["items"][0]["text"].as_str().unwrap().chars().collect();
    let at = |key: &str| first["voice"][key].as_u64().unwrap() as usize;
    let exact: String = body[at("start")..at("end")].iter().collect();
    assert_eq!(exact, first["voice"]["exact"].as_str().unwrap());
    let claim = call(&mut server, "claim", json!({ "id": id }));
    assert_eq!(claim["items"][0]["structure"]["exact"], exact);
    assert_eq!(claim["items"][0]["voice"]["report"]["id"], *report);
    let disputes = call(&mut server, "disputes", json!({"standing": "all"}));
    let question = disputes["items"][0]["question"].as_str().unwrap();
    let words = question.to_uppercase();
    let same = call(&mut server, "question", json!({ "words": words }));
    assert!(
        same["items"]
            .as_array()
            .unwrap()
            .contains(&disputes["items"][0]),
        "{same}"
    );
    let claim = &disputes["items"][0]["accounts"][0]["voices"][0]["claim"];
    let same = call(&mut server, "question", json!({ "claim": claim }));
    assert_eq!(same["items"][0]["question"], question);
    let found = call(&mut server, "search", json!({"words": "\"port lenn\""}));
    assert_eq!(
        found["items"][0]["excerpts"][0]["exact"]
            .as_str()
            .map(|e| e.contains("Port Lenn")),
        Some(true)
    );
    call(
        &mut server,
        "diff",
        json!({"from": "2031-03-01", "to": "2031-03-02"}),
    );
}

#[test]
fn pages_join_without_a_gap() {
    let mut server = server();
    let all = call(&mut server, "claims", json!({"limit": 100}));
    let mut joined = Vec::new();
    let mut offset = json!(0);
    while !offset.is_null() {
        let page = call(&mut server, "claims", json!({"limit": 2, "offset": offset}));
        assert_eq!(page["total"], all["total"]);
        joined.extend(page["items"].as_array().unwrap().clone());
        offset = page["next_offset"].clone();
    }
    assert_eq!(Value::from(joined), all["items"]);
}

#[test]
fn what_is_wrong_is_told() {
    let mut server = server();
    let mut check = |message: &str, expect: Expect| {
        let answer = server.answer(message.as_bytes());
        expect.assert_eq(&answer.unwrap_or("nothing".to_string()));
    };
    check(
        "{",
        expect![[
            r#"{"error":{"code":-32700,"message":"this is no JSON: EOF while parsing an object at line 1 column 1"},"id":null,"jsonrpc":"2.0"}"#
        ]],
    );
    check(
        "[]",
        expect![[
            r#"{"error":{"code":-32600,"message":"a message is one JSON object, not a list"},"id":null,"jsonrpc":"2.0"}"#
        ]],
    );
    check(
        "{\"jsonrpc\": \"2.0\", \"id\": 1}",
        expect![[
            r#"{"error":{"code":-32600,"message":"the message names no method"},"id":1,"jsonrpc":"2.0"}"#
        ]],
    );
    check(
        "{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}",
        expect!["nothing"],
    );
    check(
        "{\"jsonrpc\": \"2.0\", \"id\": \"a\", \"method\": \"resources/list\"}",
        expect![[
            r#"{"error":{"code":-32601,"message":"there is no method \"resources/list\"; there are tools/list and tools/call"},"id":"a","jsonrpc":"2.0"}"#
        ]],
    );
    let mut call = |name: &str, arguments: Value, expect: Expect| {
        let params = json!({"name": name, "arguments": arguments});
        let answer = ask(&mut server, "tools/call", params);
        let text = answer["result"]["content"][0]["text"].as_str();
        assert_eq!(answer["result"]["isError"] == true, text.is_some());
        expect.assert_eq(text.or(answer["error"]["message"].as_str()).unwrap());
    };
    call(
        "verdict",
        json!({}),
        expect![[
            r#"there is no tool "verdict"; there are timeline, disputes, question, talks, control, claims, figures, reports, lineage, names, search, diff, report, claim"#
        ]],
    );
    call(
        "timeline",
        json!({"town": "Velka"}),
        expect![[r#"timeline takes no "town"; it takes place, actor, as_of, limit, offset"#]],
    );
    call(
        "timeline",
        json!({"as_of": "yesterday"}),
        expect!["as_of is a day, such as 2031-03-01"],
    );
    call(
        "timeline",
        json!({"limit": 1000}),
        expect!["limit is a whole number from 0 to 100"],
    );
    call(
        "search",
        json!({}),
        expect!["search needs words: What to look for."],
    );
    call(
        "report",
        json!({"id": "nowhere"}),
        expect![[r#"there is no report "nowhere"; the tools reports and search give ids"#]],
    );
    call(
        "diff",
        json!({"from": "2031-03-02", "to": "2031-03-01"}),
        expect!["to 2031-03-01 is before from 2031-03-02: put the earlier day first"],
    );
    let missing = Server::over("nowhere.record".into(), Background::default());
    let params = json!({"name": "timeline"});
    let answer = ask(&mut { missing }, "tools/call", params);
    assert_eq!(answer["result"]["isError"], true);
}

/// JSON of any shape, with the words of the protocol among its texts.
fn any_json() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "2.0",
        "tools/call",
        "tools/list",
        "initialize",
        "server/discover",
        "timeline",
        "search",
        "report",
        "claim",
        "2031-03-01",
        "id",
        "offset",
        "limit",
        "words",
        "\u{202e}",
        "",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word.prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        let key = prop::sample::select(vec![
            "jsonrpc",
            "id",
            "method",
            "params",
            "name",
            "arguments",
            "_meta",
            VERSION_KEY,
            "offset",
            "limit",
            "words",
            "place",
            "as_of",
            "from",
            "to",
            "cursor",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..6).prop_map(|pairs| {
                let pairs = pairs
                    .into_iter()
                    .map(|(key, value)| (key.to_string(), value));
                Value::Object(pairs.collect())
            }),
        ]
    })
}

fn is_answer(answer: Option<String>) {
    let Some(answer) = answer else {
        return;
    };
    assert!(!answer.contains('\n'));
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["jsonrpc"], "2.0");
    assert!(answer.get("result").is_some() != answer.get("error").is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        is_answer(server().answer(&bytes));
    }

    #[test]
    fn any_json_is_answered(message in any_json()) {
        is_answer(server().answer(message.to_string().as_bytes()));
    }

    #[test]
    fn any_arguments_are_answered(
        tool in prop::sample::select(tools::TOOLS.iter().map(|tool| tool.name).collect::<Vec<_>>()),
        arguments in any_json(),
    ) {
        let params = json!({"name": tool, "arguments": arguments});
        let message = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params});
        is_answer(server().answer(message.to_string().as_bytes()));
    }
}

#[test]
fn deep_json_is_refused() {
    let deep = "[".repeat(100_000);
    is_answer(server().answer(deep.as_bytes()));
}
