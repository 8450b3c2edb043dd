/** The trigger of the scenario with this name. */
export function on<const Name extends string>(name: Name): [{ event: `scenario/${Name}` }] {
  return [{ event: `scenario/${name}` }];
}
