package io.promptmill.engine.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [                                                        | expected JSON, found: Unexpected end-of-input
          {"type":"string"} x                                      | expected JSON, found: Unrecognized token 'x'
          {"type":"string","type":"null"}                          | expected JSON, found: Duplicate field 'type'
          true                                                     | at the root: expected a schema object, found true
          {}                                                       | at the root: keyword 'type' is missing: expected it, enum, const, anyOf or $ref
          {"type":"text"}                                          | at the root: keyword 'type' expected one of array, boolean, integer, null, number, object, string, found "text"
          {"oneOf":[{"type":"null"}]}                              | at the root: keyword 'oneOf' is not supported without a type beside it; supported there: $ref, anyOf, const, enum, type
          {"type":"string","format":"date"}                        | at the root: keyword 'format' is not supported with type string; supported there: maxLength, minLength, pattern, type
          {"type":"string","minimum":3}                            | at the root: keyword 'minimum' is not supported with type string; supported there: maxLength, minLength, pattern, type
          {"type":"integer","multipleOf":2}                        | at the root: keyword 'multipleOf' is not supported with type integer
          {"type":"object","properties":{"a":{"type":"array","items":{"not":{}}}}} | /properties/a/items: keyword 'not' is not supported
          {"type":"object","properties":{"a/b":{"typ":"null"}}}    | /properties/a~1b: keyword 'typ' is not supported
          {"type":"object"}                                        | at the root: keyword 'properties' expected an object of schemas, found null
          {"type":"object","properties":{},"additionalProperties":true} | at the root: keyword 'additionalProperties' expected false, found true
          {"type":"object","properties":{},"required":["a"]}       | at the root: keyword 'required' expected names in properties, found 'a'
          {"type":"object","properties":{},"patternProperties":{}} | at the root: keyword 'patternProperties' is not supported
          {"type":"array"}                                         | at the root: keyword 'items' is missing: expected a schema
          {"type":"array","items":{"type":"null"},"uniqueItems":true} | at the root: keyword 'uniqueItems' is not supported
          {"type":"array","items":[{"type":"null"}]}               | /items: expected a schema object, found [{"type":"null"}]
          {"type":"string","minLength":3,"maxLength":2}            | at the root: keyword 'maxLength' expected at least minLength (3), found 2
          {"type":"string","maxLength":1.5}                        | at the root: keyword 'maxLength' expected a whole number up to 10000, found 1.5
          {"type":"string","pattern":"a(?=b)"}                     | at the root: keyword 'pattern': unsupported look-around at index 1 of 'a(?=b)'
          {"type":"integer","minimum":3,"exclusiveMaximum":3}      | at the root: keyword 'minimum' leaves no number between the bounds
          {"type":"number","exclusiveMinimum":true}                | at the root: keyword 'exclusiveMinimum' expected a number, found true
          {"type":"number","maximum":1e999999999}                  | at the root: keyword 'maximum' expected at most 30 digits
          {"enum":[1,2],"type":"string"}                           | at the root: keyword 'enum' expected at least one value of the type, found [1,2]
          {"enum":["a"],"minLength":1}                             | at the root: keyword 'minLength' is not supported beside enum
          {"anyOf":[{"type":"null"},{"if":{}}]}                    | /anyOf/1: keyword 'if' is not supported
          {"anyOf":[{"type":"null"}],"type":"null"}                | at the root: keyword 'type' is not supported beside anyOf
          {"$ref":"#/$defs/x"}                                     | at the root: keyword '$ref' expected a place in this schema, found #/$defs/x
          {"$ref":"other.json"}                                    | at the root: keyword '$ref' expected '#/' and a place in this schema, found other.json
          {"$ref":"#"}                                             | at the root: keyword '$ref' is not supported where it is recursive, found #
          {"$defs":{"t":{"type":"array","items":{"$ref":"#/$defs/t"}}},"$ref":"#/$defs/t"} | /$defs/t/items: keyword '$ref' is not supported where it is recursive, found #/$defs/t
          """)
  void namesThePlaceAndTheKeywordThatItDoesNotSupport(String schema, String message) {
    assertThatThrownBy(() -> automaton(schema))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID))
        .hasMessageStartingWith("JSON schema: " + message);
  }

  @Test
  void schemasAndReferencesAreNestedToADepthThatEveryStackHolds() {
    assertThat(RegexTest.accepts(automaton(arrays(98)), "[".repeat(98) + "null" + "]".repeat(98)))
        .isTrue();
    assertThat(RegexTest.accepts(automaton(references(98)), "null")).isTrue();
    for (String schema : List.of(arrays(400), references(1000), references(100))) {
      assertThatThrownBy(() -> automaton(schema))
          .isInstanceOf(PromptmillException.class)
          .hasMessageEndingWith(
              "expected at most 100 schemas in or by reference from each other, found more");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"9", "[", "\"k"})
  void saysWhatJacksonDoesNotReadWithoutTellingWhere(String repeated) {
    String schema = "{\"title\":" + repeated.replace("k", "k".repeat(100)).repeat(60_000);
    assertThatThrownBy(() -> automaton(schema))
        .isInstanceOf(PromptmillException.class)
        .hasMessageStartingWith("JSON schema: expected JSON, found: ");
  }

  private static String arrays(int depth) {
    return "{\"type\":\"array\",\"maxItems\":1,\"items\":".repeat(depth)
        + "{\"type\":\"null\"}"
        + "}".repeat(depth);
  }

  private static String references(int length) {
    StringBuilder schema = new StringBuilder("{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
    for (int i = 0; i < length; i++) {
      schema.append("\"d%d\":{\"$ref\":\"#/$defs/d%d\"},".formatted(i, i + 1));
    }
    return schema.append("\"d%d\":{\"type\":\"null\"}}}".formatted(length)).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":["string","null"],"maxLength":2}         | null          | true
          {"type":["string","null"],"maxLength":2}         | "中国"        | true
          {"type":["string","null"],"maxLength":2}         | "😀😀"        | true
          {"type":["string","null"],"maxLength":2}         | "abc"         | false
          {"type":"string"}                                | "a\\"b\\\\\\n"| true
          {"type":"string"}                                | "a"b"         | false
          {"type":"string","pattern":"b"}                  | "abc"         | true
          {"type":"string","pattern":"^b"}                 | "abc"         | false
          {"type":"string","pattern":"^[a-z]+$","minLength":2,"maxLength":3} | "ab"   | true
          {"type":"string","pattern":"^[a-z]+$","minLength":2,"maxLength":3} | "abcd" | false
          {"type":"string","pattern":"^\\"$"}              | "\\""         | true
          {"type":"string","pattern":"^\\\\u0001$"}        | "\\u0001"     | true
          {"type":"integer"}                               | -120          | true
          {"type":"integer"}                               | 012           | false
          {"type":"integer"}                               | 1.0           | false
          {"type":"number"}                                | -0.5e+10      | true
          {"type":"number","minimum":-1.5,"maximum":0.25}  | -1.5          | true
          {"type":"number","minimum":-1.5,"maximum":0.25}  | -1.51         | false
          {"type":"number","minimum":-1.5,"maximum":0.25}  | 0.250         | true
          {"type":"number","minimum":-1.5,"maximum":0.25}  | 0.251         | false
          {"const":{"a":[1,null]}}                         | {"a":[1,null]} | true
          {"enum":["a",1.50,null,"é"]}                     | 1.50          | true
          {"enum":["a",1.50,null,"é"]}                     | "é"           | true
          {"type":"array","items":{"type":"null"},"maxItems":2} | []       | true
          {"type":"array","items":{"type":"null"},"maxItems":2} | [null,null] | true
          {"type":"array","items":{"type":"null"},"maxItems":2} | [null,null,null] | false
          {"type":"array","items":{"type":"null"},"minItems":1} | []       | false
          {"type":"array","items":{"type":"null"},"maxItems":0} | []       | true
          {"type":"object","properties":{}}                | {}            | true
          {"type":"array","items":{"type":"null"}}         | ` [null, null,null]` | true
          {"type":"array","items":{"type":"null"}}         | `  [null]`    | false
          {"type":"array","items":{"type":"null"}}         | [null,  null] | false
          {"type":"array","items":{"type":"null"}}         | [ null]       | false
          {"type":"object","properties":{"a":{"type":"null"},"b":{"type":"null"}}} | {"a": null, "b":null} | true
          {"type":"object","properties":{"a":{"type":"null"},"b":{"type":"null"}}} | {"a" :null} | false
          {"type":"object","properties":{"a":{"type":"null"},"b":{"type":"null"}}} | { "b":null} | false
          {"$ref":"#/definitions/a","definitions":{"a":{"type":"boolean"}}} | true | true
          """)
  void writesJsonWithABlankBeforeItAndAfterColonsAndCommasAtMost(
      String schema, String text, boolean fits) {
    // Blocks of text and CSV leave the backslashes of JSON doubled once.
    String json = text.replace("\\\\", "\\");
    assertThat(RegexTest.accepts(automaton(schema.replace("\\\\", "\\")), json)).isEqualTo(fits);
  }

  @Test
  void leavesOutOnlyOptionalPropertiesAndKeepsTheirOrder() {
    String member = "\"%s\":{\"type\":\"null\"}";
    String properties =
        String.join(",", member.formatted("a"), member.formatted("b"), member.formatted("c"));
    Dfa dfa =
        automaton("{\"type\":\"object\",\"properties\":{" + properties + "},\"required\":[\"b\"]}");
    String a = "\"a\":null";
    String b = "\"b\":null";
    String c = "\"c\":null";
    for (String fits : new String[] {b, a + "," + b, b + "," + c, a + "," + b + "," + c}) {
      assertThat(RegexTest.accepts(dfa, "{" + fits + "}")).as(fits).isTrue();
    }
    for (String not : new String[] {"", a, b + "," + a, "," + b, b + ",", a + "," + c, b + c}) {
      assertThat(RegexTest.accepts(dfa, "{" + not + "}")).as(not).isFalse();
    }
  }

  @Property(tries = 300, seed = "5512")
  void integersAreExactlyThoseWithinTheBounds(
      @ForAll @IntRange(min = -1200, max = 1200) int first,
      @ForAll @IntRange(min = 0, max = 1300) int width,
      @ForAll boolean open) {
    int last = first + width;
    String bounds =
        open ? "\"exclusiveMinimum\":%d,\"exclusiveMaximum\":%d" : "\"minimum\":%d,\"maximum\":%d";
    int low = open ? first - 1 : first;
    int high = open ? last + 1 : last;
    Dfa dfa = automaton(("{\"type\":\"integer\"," + bounds + "}").formatted(low, high));
    for (int value = first - 20; value <= last + 20; value++) {
      assertThat(RegexTest.accepts(dfa, Integer.toString(value)))
          .as("%d in %d..%d", value, first, last)
          .isEqualTo(first <= value && value <= last);
    }
    assertThat(RegexTest.accepts(dfa, "-0")).isFalse();
  }

  @Property(tries = 300, seed = "771")
  void numbersAreExactlyThoseWithinTheBounds(
      @ForAll @IntRange(min = -3000, max = 3000) int first,
      @ForAll @IntRange(min = 0, max = 2000) int width,
      @ForAll @IntRange(min = -4000, max = 6000) int value) {
    BigDecimal low = BigDecimal.valueOf(first, 2);
    BigDecimal high = BigDecimal.valueOf(first + width, 2);
    BigDecimal number = BigDecimal.valueOf(value, 2);
    Dfa dfa =
        automaton(
            "{\"type\":\"number\",\"minimum\":%s,\"exclusiveMaximum\":%s}"
                .formatted(low, high.add(BigDecimal.valueOf(1, 3))));
    assertThat(RegexTest.accepts(dfa, number.toPlainString()))
        .as("%s in %s..%s", number, low, high)
        .isEqualTo(low.compareTo(number) <= 0 && number.compareTo(high) <= 0);
  }

  private static Dfa automaton(String schema) {
    return Constraints.automaton(new OutputConstraint.JsonSchema(schema));
  }
}
