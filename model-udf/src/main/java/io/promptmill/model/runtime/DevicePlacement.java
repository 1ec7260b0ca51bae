package io.promptmill.model.runtime;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which device holds which layer: consecutive layers are split evenly over the devices in the order
 * given; the embedding goes with the first, the head with the last.
 *
 * @param devices TensorFlow device names such as {@code /GPU:0}, at least one
 */
public record DevicePlacement(List<String> devices) {
  private static final Pattern NAME = Pattern.compile("(cpu|gpu)(?::(\\d{1,3}))?");

  public DevicePlacement {
    devices = List.copyOf(devices);
  }

  /**
   * @param options {@code cpu}, {@code gpu}, {@code cpu:1}, …; no index means 0
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} for an empty list, another
   *     name or a repeated device
   */
  public static DevicePlacement of(List<String> options) {
    List<String> names = new ArrayList<>();
    for (String option : options) {
      Matcher matcher = NAME.matcher(option.trim());
      if (!matcher.matches()) {
        throw invalid(options, "expected cpu, gpu, cpu:N or gpu:N, found '" + option + "'");
      }
      String index = matcher.group(2) == null ? "0" : matcher.group(2);
      String name = "/" + (matcher.group(1).equals("cpu") ? "CPU" : "GPU") + ":" + index;
      if (names.contains(name)) {
        throw invalid(options, "'" + option + "' names a device for the second time");
      }
      names.add(name);
    }
    if (names.isEmpty()) {
      throw invalid(options, "expected at least one device");
    }
    return new DevicePlacement(names);
  }

  /** Device of a layer. */
  public String layer(int layer, int layers) {
    return devices.get((int) ((long) layer * devices.size() / layers));
  }

  public String first() {
    return devices.get(0);
  }

  public String last() {
    return devices.get(devices.size() - 1);
  }

  public boolean usesGpu() {
    return devices.stream().anyMatch(name -> name.startsWith("/GPU"));
  }

  /** Virtual CPU devices that the session must offer. */
  int cpuCount() {
    int count = 1;
    for (String name : devices) {
      if (name.startsWith("/CPU:")) {
        count = Math.max(count, 1 + Integer.parseInt(name.substring("/CPU:".length())));
      }
    }
    return count;
  }

  private static PromptmillException invalid(List<String> options, String why) {
    return new PromptmillException(ErrorCode.OPTION_INVALID, "devices " + options + ": " + why);
  }
}
