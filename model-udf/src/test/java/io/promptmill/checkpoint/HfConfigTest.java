package io.promptmill.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.function.Function;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HfConfigTest {
  private static final HfConfig CONFIG =
      HfConfig.parse(
          """
          {"name": "größer", "layers": 27, "eps": 1e-06, "theta": 10000, "tied": false,
           "q_lora_rank": null, "eos": 5, "eos_list": [5, 6], "architectures": ["A", "B"],
           "rope_scaling": {"factor": 40, "type": "yarn"}, "huge": 3000000000, "endless": 1e999}
          """,
          "config.json");

  @Test
  void readsEachType() {
    assertThat(CONFIG.string("name")).isEqualTo("größer");
    assertThat(CONFIG.integer("layers")).isEqualTo(27);
    assertThat(CONFIG.number("eps")).isEqualTo(1e-6);
    assertThat(CONFIG.number("theta")).isEqualTo(10000.0);
    assertThat(CONFIG.bool("tied")).isFalse();
    assertThat(CONFIG.object("rope_scaling").number("factor")).isEqualTo(40.0);
    assertThat(CONFIG.strings("architectures")).containsExactly("A", "B");
    assertThat(CONFIG.strings("name")).containsExactly("größer");
  }

  @Test
  void readsOneOrSeveralIntegers() {
    assertThat(CONFIG.integers("eos")).containsExactly(5);
    assertThat(CONFIG.integers("eos_list")).containsExactly(5, 6);
    assertThat(CONFIG.integers("no_such")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no_such", "q_lora_rank"})
  void treatsNullAsAbsent(String key) {
    assertThat(CONFIG.has(key)).isFalse();
    assertThat(CONFIG.optionalString(key)).isEmpty();
    assertThat(CONFIG.optionalInteger(key)).isEmpty();
    assertThat(CONFIG.optionalNumber(key)).isEmpty();
    assertThat(CONFIG.optionalBool(key)).isEmpty();
    assertThat(CONFIG.optionalObject(key)).isEmpty();
    assertThat(CONFIG.strings(key)).isEmpty();
  }

  @Test
  void givesPresentOptionalValues() {
    assertThat(CONFIG.optionalString("name")).hasValue("größer");
    assertThat(CONFIG.optionalInteger("layers")).hasValue(27);
    assertThat(CONFIG.optionalNumber("eps")).hasValue(1e-6);
    assertThat(CONFIG.optionalBool("tied")).hasValue(false);
    assertThat(CONFIG.optionalObject("rope_scaling").orElseThrow().string("type"))
        .isEqualTo("yarn");
  }

  @Test
  void namesFileAndFieldThatIsMissing() {
    refuses(c -> c.integer("no_such"))
        .hasMessage("config.json: field no_such: expected an integer, found no such field");
    refuses(c -> c.integer("q_lora_rank"))
        .hasMessage("config.json: field q_lora_rank: expected an integer, found null");
    refuses(c -> c.object("rope_scaling").number("mscale"))
        .hasMessage(
            "config.json: field rope_scaling.mscale: expected a number, found no such field");
  }

  @Test
  void namesFileAndFieldOfTheWrongType() {
    refuses(c -> c.string("layers")).hasMessageContainingAll("layers", "a string", "found 27");
    refuses(c -> c.integer("name")).hasMessageContainingAll("name", "an integer", "\"größer\"");
    refuses(c -> c.integer("eps")).hasMessageContainingAll("eps", "an integer", "1.0E-6");
    refuses(c -> c.integer("huge")).hasMessageContainingAll("huge", "32 bits", "3000000000");
    refuses(c -> c.number("tied")).hasMessageContainingAll("tied", "a finite number", "false");
    refuses(c -> c.number("endless")).hasMessageContainingAll("endless", "a finite number");
    refuses(c -> c.bool("layers")).hasMessageContainingAll("layers", "true or false", "27");
    refuses(c -> c.object("eos_list")).hasMessageContainingAll("eos_list", "an object", "[5,6]");
    refuses(c -> c.integers("architectures")).hasMessageContainingAll("architectures", "integers");
    refuses(c -> c.strings("eos_list")).hasMessageContainingAll("eos_list", "strings");
    refuses(c -> c.object("rope_scaling").integer("type"))
        .hasMessageContainingAll("rope_scaling.type", "an integer", "\"yarn\"");
    refuses(c -> c.optionalInteger("name")).hasMessageContainingAll("name", "an integer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{", "{\"a\": 1} x", "{\"a\": 1, \"a\": 2}", "{a: 1}"})
  void refusesWhatIsNotOneJsonObjectWithDistinctKeys(String json) {
    assertThatThrownBy(() -> HfConfig.parse(json, "config.json"))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID))
        .hasMessageContainingAll("config.json", "expected", "found");
  }

  @Test
  void changesACopyOnly() {
    HfConfig changed = CONFIG.with("layers", 4);
    assertThat(HfConfig.parse(changed.toJson(), "copy").integer("layers")).isEqualTo(4);
    assertThat(HfConfig.parse(changed.toJson(), "copy").number("eps")).isEqualTo(1e-6);
    assertThat(CONFIG.integer("layers")).isEqualTo(27);
  }

  private static AbstractThrowableAssert<?, ?> refuses(Function<HfConfig, Object> read) {
    return assertThatThrownBy(() -> read.apply(CONFIG))
        .isInstanceOfSatisfying(
            PromptmillException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID))
        .hasMessageStartingWith("config.json: field ");
  }
}
