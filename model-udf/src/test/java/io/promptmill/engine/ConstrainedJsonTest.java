package io.promptmill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.promptmill.engine.constraint.ByteVocabulary;
import io.promptmill.engine.constraint.Constraints;
import io.promptmill.engine.constraint.OutputConstraint;
import io.promptmill.engine.constraint.TokenBytes;
import io.promptmill.engine.constraint.TokenConstraint;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the logits, the temperature, the vocabulary and the length, every output is valid, as a
 * validator of another project sees it.
 */
class ConstrainedJsonTest {
  private static final String TEXT =
      "{\"name\":\"王小明\",\"tags\":[\"a\",\"好\"],\"score\":-1.5e3,\"ok\":true,\"x\":null}, \"})]";

  private static final List<TokenBytes> VOCABULARIES =
      List.of(
          ByteVocabulary.of(),
          ByteVocabulary.pieces(TEXT, 400, new Random(1)),
          ByteVocabulary.ofTinyCheckpoint());

  private static final double[] TEMPERATURES = {0.0, 0.3, 1.0, 5.0, 1e9};
  private static final int ROWS = 14;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'string'}",
        "{'type':'string','minLength':3,'maxLength':5}",
        "{'type':'string','pattern':'[一-龥]{2}|\\\\s$','maxLength':40}",
        "{'type':'number'}",
        "{'type':'number','minimum':-0.125,'exclusiveMaximum':1234.5}",
        "{'type':['integer','null'],'exclusiveMinimum':17,'maximum':1003}",
        "{'enum':['one',2,3.50,null,{'a':[true]},'四']}",
        "{'type':'array','items':{'type':'array','items':{'type':'boolean'},'maxItems':2},"
            + "'minItems':2,'maxItems':4}",
        "{'type':'array','items':{'anyOf':[{'const':'x'},{'type':'integer'}]}}",
        "{'type':'object','properties':{'sentiment':{'type':'string','enum':['pos','neg']},"
            + "'score':{'type':'integer','minimum':0,'maximum':100},"
            + "'reason':{'type':'string','maxLength':60}},"
            + "'required':['sentiment','score'],'additionalProperties':false}",
        "{'title':'People','$defs':{'person':{'type':'object','properties':{"
            + "'name':{'type':'string','minLength':1},'age':{'type':'integer','minimum':0},"
            + "'mail':{'anyOf':[{'type':'string','pattern':'^[a-z]+@[a-z]+\\\\.org$'},"
            + "{'type':'null'}]}},'required':['name'],'additionalProperties':false}},"
            + "'type':'object','properties':{'people':{'type':'array','items':"
            + "{'$ref':'#/$defs/person'}},'first':{'$ref':'#/$defs/person'}},"
            + "'required':['people'],'additionalProperties':false}"
      })
  void everyRowIsValidAgainstItsSchema(String quoted) {
    String schema = quoted.replace('\'', '"');
    Schema validator =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(schema, InputFormat.JSON);
    for (TokenBytes vocabulary : VOCABULARIES) {
      TokenConstraint constraint =
          new Constraints(vocabulary).of(new OutputConstraint.JsonSchema(schema)).orElseThrow();
      int least = constraint.minTokens(true);
      Sampler sampler = new Sampler(vocabulary.size());
      for (double temperature : TEMPERATURES) {
        for (int row = 0; row < ROWS; row++) {
          int maxTokens = least + (row % 4 == 0 ? 0 : row * 6);
          String json = draw(constraint, vocabulary, sampler, temperature, maxTokens, row);
          assertThat(validator.validate(json, InputFormat.JSON)).as(json).isEmpty();
        }
      }
    }
  }

  /** One completion over random logits, of which EOS is the last. */
  private static String draw(
      TokenConstraint constraint,
      TokenBytes vocabulary,
      Sampler sampler,
      double temperature,
      int maxTokens,
      int row) {
    int eos = eos(vocabulary);
    SamplingParams params =
        new SamplingParams(
            maxTokens,
            0,
            temperature,
            row % 3 == 1 ? 5 : 0,
            row % 3 == 2 ? 0.9 : 1.0,
            0,
            1,
            0,
            0,
            List.of(),
            false,
            1,
            -1,
            row);
    Sample sample =
        new Sample(
            params,
            new int[] {1},
            new int[] {eos},
            maxTokens,
            StopCondition.NEVER,
            new RowSeed(row, 7, 0),
            Optional.of(constraint));
    Random random = new Random(row);
    while (!sample.finished()) {
      float[] logits = new float[vocabulary.size()];
      for (int token = 0; token < logits.length; token++) {
        logits[token] = random.nextFloat() * 12;
      }
      logits[eos] -= row % 2 == 0 ? 100 : 0;
      sample.draw(FakeLm.row(logits), sampler);
    }
    assertThat(sample.completion().tokenIds().length).isLessThanOrEqualTo(maxTokens);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int token : sample.completion().tokenIds()) {
      bytes.writeBytes(vocabulary.bytes(token));
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("not UTF-8: " + bytes, e);
    }
  }

  private static int eos(TokenBytes vocabulary) {
    for (int token = vocabulary.size() - 1; token >= 0; token--) {
      if (vocabulary.bytes(token) == null) {
        return token;
      }
    }
    throw new AssertionError("no special token");
  }
}
