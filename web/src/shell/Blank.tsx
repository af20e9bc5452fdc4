/** Nothing yet: what follows comes too soon for a skeleton. */
export function Blank() {
  return null;
}
