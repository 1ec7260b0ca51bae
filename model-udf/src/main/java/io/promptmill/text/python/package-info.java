/**
 * Python's texts, patterns and values, and Jinja2's templates over them, as evaluation tasks and
 * chat templates rely on them. In: templates and values. Out: texts. Next: {@code text} for chats,
 * the evaluation for tasks.
 */
package io.promptmill.text.python;
