package dev.durablecheckout.activities.bill;

import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the columns of a bill are: by their names, since channels add some and move others. WeChat
 * Pay did in November 2018.
 */
public final class BillColumns {
  private final ImmutableMap<String, Integer> positions;

  private BillColumns(ImmutableMap<String, Integer> positions) {
    this.positions = positions;
  }

  /**
   * The columns of a head.
   *
   * @throws DamagedBillException if two have one name
   */
  public static BillColumns of(List<String> names) throws DamagedBillException {
    Map<String, Integer> positions = new HashMap<>();
    for (String name : names) {
      if (positions.put(name, positions.size()) != null) {
        throw new DamagedBillException("two columns of one name");
      }
    }
    return new BillColumns(ImmutableMap.copyOf(positions));
  }

  /**
   * The position of a column, from 0.
   *
   * @throws DamagedBillException naming the column that is missing
   */
  public int position(String name) throws DamagedBillException {
    Integer position = positions.get(name);
    if (position == null) {
      throw new DamagedBillException("no column " + name);
    }
    return position;
  }

  public boolean has(String name) {
    return positions.containsKey(name);
  }

  public int count() {
    return positions.size();
  }
}
