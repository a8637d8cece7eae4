package dev.durablecheckout.api.json;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The body of a request: one JSON object, each key of it once. */
public record JsonBody(ObjectNode root) {}
