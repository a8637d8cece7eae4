package dev.durablecheckout.api.error;

import io.swagger.v3.oas.annotations.media.Schema;

/** What is wrong with one field of a request, and what would be right. */
@Schema(description = "What is wrong with one field, and what would be right")
public record FieldFault(
    @Schema(example = "items[0].quantity", description = "path of the field in the body")
        String field,
    @Schema(example = "below_minimum") String code,
    @Schema(example = "must be at least 1") String detail) {}
