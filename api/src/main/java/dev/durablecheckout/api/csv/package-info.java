/** Tables for spreadsheets: {@link dev.durablecheckout.api.csv.CsvWriter}. */
@NullMarked
package dev.durablecheckout.api.csv;

import org.jspecify.annotations.NullMarked;
