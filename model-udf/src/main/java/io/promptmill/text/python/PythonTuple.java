package io.promptmill.text.python;

import java.util.AbstractList;
import java.util.List;

/** A list that prints in parentheses and equals no list. */
final class PythonTuple extends AbstractList<Object> {

  private final List<Object> elements;

  PythonTuple(List<Object> elements) {
    this.elements = elements;
  }

  @Override
  public Object get(int index) {
    return elements.get(index);
  }

  @Override
  public int size() {
    return elements.size();
  }
}
