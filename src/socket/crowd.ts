/** How many connections each address has open, so that one stranger cannot take them all. */
export const createCrowd = (perAddressMax: number) => {
  const countByAddress = new Map<string, number>();
  return {
    /** Null: so many are here already. Otherwise how to go. */
    enter(address: string): (() => void) | null {
      const count = countByAddress.get(address) ?? 0;
      if (count >= perAddressMax) return null;
      countByAddress.set(address, count + 1);
      let isHere = true;
      return () => {
        if (!isHere) return;
        isHere = false;
        const left = (countByAddress.get(address) ?? 1) - 1;
        if (left > 0) countByAddress.set(address, left);
        else countByAddress.delete(address);
      };
    },
  };
};
