package io.promptmill.text;

/**
 * One turn of a conversation; the role is {@code system}, {@code user}, {@code assistant} or one
 * the template knows.
 */
public record ChatMessage(String role, String content) {}
