package io.promptmill.spark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineParserTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ParserSettings SETTINGS = new ParserSettings(null, null, 5, 60_000);
  private static final String MESSAGES = "'messages':[{'role':'user','content':'hi'}]";

  @Test
  void aChatRequestHasOpenAisDefaults() {
    BatchRequest request = request("chat/completions", MESSAGES);

    assertThat(request.endpoint()).isEqualTo(Endpoint.CHAT);
    assertThat(request.model()).isNull();
    assertThat(request.parts()).hasSize(1);
    assertThat(request.parts().get(0).prompt())
        .isEqualTo("[{\"role\":\"user\",\"content\":\"hi\"}]");
    assertThat(without(request, "seed"))
        .isEqualTo(json("{'temperature':1.0,'max_tokens':2147483647}"));
  }

  @Test
  void aCompletionHasOpenAisDefaultsToo() {
    BatchRequest request = request("completions", "'prompt':'x','model':'m'");

    assertThat(request.model()).isEqualTo("m");
    assertThat(request.parts().get(0).prompt()).isEqualTo("\"x\"");
    assertThat(without(request, "seed")).isEqualTo(json("{'temperature':1.0,'max_tokens':16}"));
  }

  @Test
  void parametersOfOpenAiAndOfVllmBecomeTheModels() {
    BatchRequest request =
        request(
            "chat/completions",
            MESSAGES
                + ",'temperature':0.5,'top_p':0.9,'n':3,'seed':7,'max_tokens':4,"
                + "'max_completion_tokens':5,'presence_penalty':1,'frequency_penalty':-1,'stop':'a',"
                + "'logprobs':true,'top_logprobs':2,'top_k':-1,'min_p':0.1,"
                + "'repetition_penalty':1.5,'min_tokens':1,'ignore_eos':true,'stop_token_ids':[3],"
                + "'user':'u','metadata':{'a':'b'},'stream':false,'tools':[],'logit_bias':{},"
                + "'store':true,'service_tier':'auto'");

    assertThat(request.choices()).isEqualTo(3);
    assertThat(request.logprobs()).isTrue();
    assertThat(json(request.parts().get(0).parameters()))
        .isEqualTo(
            json(
                "{'temperature':0.5,'top_p':0.9,'presence_penalty':1.0,'frequency_penalty':-1.0,"
                    + "'n':3,'seed':7,'stop':['a'],'top_k':0,'min_p':0.1,'repetition_penalty':1.5,"
                    + "'min_tokens':1,'ignore_eos':true,'stop_token_ids':[3],'max_tokens':5,"
                    + "'logprobs':2}"));
  }

  @Test
  void messagesMayHavePartsAndDevelopers() {
    BatchRequest request =
        request(
            "chat/completions",
            "'messages':[{'role':'developer','content':'be brief'},{'role':'user','name':'Ann',"
                + "'content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]},"
                + "{'role':'assistant','content':'c','tool_calls':null,'refusal':null}]");

    assertThat(json(request.parts().get(0).prompt()))
        .isEqualTo(
            json(
                "[{'role':'system','content':'be brief'},{'role':'user','content':'a\\nb'},"
                    + "{'role':'assistant','content':'c'}]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'response_format':{'type':'text'}|{}",
        "'response_format':{'type':'json_schema','json_schema':{'name':'x','schema':{'type':'null'}}}"
            + "|{'json_schema':{'type':'null'}}",
        "'guided_json':'{}'|{'json_schema':{}}",
        "'guided_regex':'a+'|{'regex':'a+'}",
        "'guided_regex':'a+','stop':[]|{'stop':[],'regex':'a+'}",
        "'guided_choice':['a','b']|{'choice':['a','b']}",
        "'structured_outputs':{'json':{'type':'null'},'regex':null}|{'json_schema':{'type':'null'}}"
      })
  void formsOfTheAnswerAreTakenAsOpenAiAndVllmWriteThem(String fields, String form) {
    JsonNode parameters = without(request("completions", "'prompt':'x'," + fields), "seed");

    assertThat(((ObjectNode) parameters).without(List.of("temperature", "max_tokens")).toString())
        .isEqualTo(json(form).toString());
  }

  @Test
  void promptsAndInputsAreTextsOrTokensOneOrMany() {
    assertThat(prompts("completions", "'prompt':[1,2]")).containsExactly("[1,2]");
    assertThat(prompts("completions", "'prompt':['a','b']")).containsExactly("\"a\"", "\"b\"");
    assertThat(prompts("embeddings", "'input':[[1],[2,3]]")).containsExactly("[1]", "[2,3]");
    BatchRequest embeddings = request("embeddings", "'input':'a','encoding_format':'base64'");
    assertThat(embeddings.base64()).isTrue();
    assertThat(embeddings.parts().get(0).parameters()).isNull();
  }

  @Test
  void requestsWithoutASeedGetOneOfTheirOwnAndKeepIt() {
    List<BatchRequest.Part> two = request("completions", "'prompt':['x','x']").parts();
    List<BatchRequest.Part> again = request("completions", "'prompt':['x','x']").parts();
    List<BatchRequest.Part> seeded = request("completions", "'prompt':['x','x'],'seed':1").parts();

    assertThat(two).isEqualTo(again);
    assertThat(two.get(0)).isNotEqualTo(two.get(1));
    assertThat(seeded.get(0)).isEqualTo(seeded.get(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nonsense|invalid_json_line|found at column",
        "[1]|invalid_json_line|found an array",
        "{} {}|invalid_json_line|found at column",
        "{'custom_id':<9*1001>}|invalid_json_line|Number value length (1001) exceeds",
        "{'custom_id':'a','body':<[*1000>|invalid_json_line|nesting depth (1001) exceeds",
        "{'<k*50001>':1}|invalid_json_line|Name length (50001) exceeds",
        "{'method':'POST'}|missing_required_parameter|custom_id: expected a text, found none",
        "{'custom_id':7}|missing_required_parameter|custom_id: expected a text, found 7",
        "{'custom_id':'a'}|invalid_method|expected \"POST\", found none",
        "{'custom_id':'a','method':'POST','url':'/v1/responses'}|invalid_url|/v1/embeddings, found \"/v1/responses\"",
        "{'custom_id':'a','method':'POST','url':'/v1/completions'}|missing_required_parameter|body: expected an object",
      })
  void linesThatAreNoRequestSayWhere(String line, String code, String message) {
    Refusal refusal = parse(repeated(line).replace('\'', '"')).refusal();

    assertThat(refusal).isInstanceOf(Refusal.OfLine.class);
    assertThat(((Refusal.OfLine) refusal).code()).isEqualTo(code);
    assertThat(refusal.message()).startsWith("in.jsonl:3: ").contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "''|messages|missing_required_parameter",
        "'messages':[]|messages|invalid_type",
        "'messages':[{'role':'tool','content':'x'}]|messages[0].role|invalid_value",
        "'messages':[{'role':'user'}]|messages[0].content|missing_required_parameter",
        "'messages':[{'role':'user','content':[{'type':'image_url'}]}]|messages[0].content[0].type|invalid_value",
        "'messages':[{'role':'assistant','content':'x','tool_calls':[1]}]|messages[0].tool_calls|unknown_parameter",
        "M,'temperature':3|temperature|invalid_value",
        "M,'temperature':'hot'|temperature|invalid_type",
        "M,'top_p':0|top_p|invalid_value",
        "M,'repetition_penalty':0|repetition_penalty|invalid_value",
        "M,'guided_json':'<[*1000>'|guided_json|invalid_value",
        "M,'n':0|n|invalid_value",
        "M,'max_tokens':0|max_tokens|invalid_value",
        "M,'seed':1.5|seed|invalid_type",
        "M,'stop':['']|stop|invalid_type",
        "M,'top_logprobs':2|top_logprobs|invalid_value",
        "M,'logprobs':true,'top_logprobs':21|top_logprobs|invalid_value",
        "M,'stream':true|stream|unsupported_parameter",
        "M,'tools':[1]|tools|unsupported_parameter",
        "M,'logit_bias':{'5':1}|logit_bias|unsupported_parameter",
        "M,'modalities':['audio']|modalities|unsupported_parameter",
        "M,'reasoning_effort':'high'|reasoning_effort|unsupported_parameter",
        "M,'temprature':1|temprature|unknown_parameter",
        "M,'response_format':{'type':'json_object'}|response_format.type|invalid_value",
        "M,'response_format':{'type':'json_schema','json_schema':{}}|response_format.json_schema.schema|missing_required_parameter",
        "M,'guided_regex':'a','guided_choice':['b']|guided_choice|unsupported_parameter",
        "M,'guided_regex':'a','stop':'b'|stop|unsupported_parameter"
      })
  void bodiesThatCannotBeAnsweredNameTheField(String body, String param, String code) {
    Refusal refusal =
        parse(
                line(
                    "chat/completions",
                    body.equals("''") ? "" : repeated(body).replace("M,", MESSAGES + ",")))
            .refusal();

    assertThat(refusal)
        .isInstanceOfSatisfying(
            Refusal.OfRequest.class,
            each -> {
              assertThat(each.status()).isEqualTo(400);
              assertThat(each.param()).isEqualTo(param);
              assertThat(each.code()).isEqualTo(code);
              assertThat(each.message()).contains(param);
            });
  }

  @Test
  void openBoundsAreNamedAsSuch() {
    for (String field : List.of("top_p", "repetition_penalty")) {
      assertThat(parse(line("completions", "'prompt':'x','%s':0".formatted(field))).refusal())
          .extracting(Refusal::message)
          .asString()
          .contains("expected above 0", "found 0");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'custom_id':'a','body':{'custom_id':'b'},'x':[{'custom_id':'c'}]}",
        "{'custom_id':'a','custom_id':'b'}",
        "{'custom_id':'a','custom_id':null}",
        "{'custom_id':['a']}",
        "{'custom_id':''}",
        "{'custom_id':'a'} x",
        "{'custom_id':'a','n':<9*1001>}",
        "{'custom_id':'a',",
        "\uFEFF{'custom_id':'a'}",
        "['custom_id','a']",
        "nonsense"
      })
  void aLinesIdAloneIsReadAsWithTheRest(String line) {
    String json = repeated(line).replace('\'', '"');

    assertThat(parser().customId(json.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(parse(json).customId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "completions:'prompt':'x','echo':true",
        "completions:'prompt':'x','best_of':2",
        "completions:'prompt':'x','suffix':'y'",
        "completions:'prompt':[]",
        "completions:'prompt':['x',1]",
        "embeddings:'input':'x','dimensions':3",
        "embeddings:'input':'x','encoding_format':'int8'",
        "embeddings:'input':'x','temperature':1"
      })
  void otherEndpointsRefuseWhatTheyCannotDo(String request) {
    int colon = request.indexOf(':');
    BatchLine line = parse(line(request.substring(0, colon), request.substring(colon + 1)));

    assertThat(line.customId()).isEqualTo("a");
    assertThat(line.refusal()).isInstanceOf(Refusal.OfRequest.class);
  }

  @Test
  void linesThatAreTooLongOrNoUtf8FailAlone() {
    byte[] malformed =
        line("completions", "'prompt':'\u00e9'").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(parser().parse("in.jsonl", 3, malformed).refusal().message())
        .contains("expected UTF-8");
    assertThat(parse(" ".repeat(60_001)).refusal().message())
        .contains("expected a line of at most 60000 bytes, found 60001");
    assertThat(LineParser.isBlank(" \t\r".getBytes(StandardCharsets.UTF_8))).isTrue();
  }

  @Test
  void aByteOrderMarkIsPassedOver() {
    assertThat(parse("\uFEFF" + line("completions", "'prompt':'x'")).request()).isNotNull();
  }

  @Test
  void theSameLineHasTheSameIdWhereverItStands() {
    byte[] line = line("completions", "'prompt':'x'").getBytes(StandardCharsets.UTF_8);

    assertThat(parser().parse("other", 9, line).id())
        .isEqualTo(parser().parse("in.jsonl", 3, line).id())
        .matches("[0-9a-f]{32}");
  }

  /** Has {@code <c*n>} written out. */
  private static String repeated(String text) {
    return Pattern.compile("<(.)\\*(\\d+)>")
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(match.group(1).repeat(Integer.parseInt(match.group(2)))));
  }

  private static LineParser parser() {
    return new LineParser(SETTINGS);
  }

  private static BatchLine parse(String line) {
    return parser().parse("in.jsonl", 3, line.getBytes(StandardCharsets.UTF_8));
  }

  private static String line(String endpoint, String body) {
    return "{'custom_id':'a','method':'POST','url':'/v1/%s','body':{%s}}"
        .formatted(endpoint, body)
        .replace('\'', '"');
  }

  private static BatchRequest request(String endpoint, String body) {
    String escaped = body.replace("'guided_json':'{}'", "'guided_json':{}");
    BatchLine line = parse(line(endpoint, escaped));
    assertThat(line.refusal()).isNull();
    return line.request();
  }

  private static List<String> prompts(String endpoint, String body) {
    return request(endpoint, body).parts().stream().map(BatchRequest.Part::prompt).toList();
  }

  private static JsonNode without(BatchRequest request, String field) {
    JsonNode parameters = json(request.parts().get(0).parameters());
    ((ObjectNode) parameters).remove(field);
    return parameters;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }
}
