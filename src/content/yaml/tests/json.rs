use super::outcome;

#[test]
fn json_stays_json() {
    let pretty = "{\n  \"title\": \"Old\",\n  \"tags\": [\"a\"],\n  \"n\": 1,\n  \"m\": {\n    \"k\": null\n  }\n}";
    for (before, words, after) in [
        (pretty, "set title := New", pretty.replace("Old", "New")),
        (pretty, "set title := 'say \"hi\" \\'", pretty.replace("Old", "say \\\"hi\\\" \\\\")),
        (pretty, "set n := 2.50", pretty.replace("1", "2.50")),
        (pretty, "set m.k := yes", pretty.replace("null", "\"yes\"")),
        (pretty, "insert tags 1 := b", pretty.replace("[\"a\"]", "[\"a\", \"b\"]")),
        (pretty, "remove tags[0]", pretty.replace("[\"a\"]", "[]")),
        (pretty, "remove n", pretty.replace("  \"n\": 1,\n", "")),
        (pretty, "remove m", pretty.replace(",\n  \"m\": {\n    \"k\": null\n  }", "")),
        (pretty, "add . z := x", pretty.replace("  }\n}", "  },\n  \"z\": \"x\"\n}")),
        (pretty, "add m z := x", pretty.replace("null\n", "null,\n    \"z\": \"x\"\n")),
        (pretty, "rename n weight", pretty.replace("\"n\"", "\"weight\"")),
        (
            pretty,
            "add m z := {a: [1], b: []}",
            pretty.replace("null\n", "null,\n    \"z\": {\n      \"a\": [1],\n      \"b\": []\n    }\n"),
        ),
        (pretty, "set n := [{a: 1}, 2]", pretty.replace("1,", "[\n    {\n      \"a\": 1\n    },\n    2\n  ],")),
        (
            "{\n  \"l\": [\n    1\n  ]\n}",
            "add . m := [2]",
            "{\n  \"l\": [\n    1\n  ],\n  \"m\": [\n    2\n  ]\n}".to_string(),
        ),
        ("{\"a\":1,\"b\":[2,3]}", "add . c := true", "{\"a\":1,\"b\":[2,3],\"c\":true}".to_string()),
        ("{\"a\":1,\"b\":[2,3]}", "insert b 0 := 1", "{\"a\":1,\"b\":[1,2,3]}".to_string()),
        ("{\"a\": \"\\ud83d\\ude00\", \"b\": 1}", "set b := 2", "{\"a\": \"\\ud83d\\ude00\", \"b\": 2}".to_string()),
        ("{}", "add . a := 1", "{\"a\": 1}".to_string()),
        (
            "{\n  \"l\": [\n    {\"a\": 1, \"b\": 2},\n    {\"a\": 3, \"b\": 4}\n  ]\n}",
            "insert l 2 := {a: 5, b: 6}",
            "{\n  \"l\": [\n    {\"a\": 1, \"b\": 2},\n    {\"a\": 3, \"b\": 4},\n    {\"a\": 5, \"b\": 6}\n  ]\n}"
                .to_string(),
        ),
        ("{\n\t\"a\": 1\n}\n", "add . b := 1", "{\n\t\"a\": 1,\n\t\"b\": 1\n}\n".to_string()),
    ] {
        assert_eq!(outcome(before, words, true), after, "\n--- {words} in\n{before}");
    }
    assert!(outcome(pretty, "set n := 2024-01-01", true).contains("JSON has no dates"));
    assert!(outcome(pretty, "set n := .inf", true).starts_with("refused"));
}
