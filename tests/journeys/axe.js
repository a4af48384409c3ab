// Runs axe (which stands before this function) and returns what breaks its rules.
//
// Contrast takes longer than all other rules together, and depends on no words. So of many neighbours that are built
// alike, to the last class and state, it looks at the first two and the last one; every other rule looks at all.
async (rules) => {
  const MANY = 6;
  const STATES = ["type", "open", "hidden", "disabled", "checked", "aria-current", "aria-disabled", "aria-selected"];
  const built = new Map();
  const looks = (node) => {
    if (!built.has(node)) {
      const states = STATES.filter((name) => node.hasAttribute(name)).map((name) => name + node.getAttribute(name));
      const inside = [...node.children].map(looks).join();
      built.set(node, `${node.tagName} ${node.getAttribute("class")} ${states} (${inside})`);
    }
    return built.get(node);
  };
  const alike = [];
  for (const parent of document.body.querySelectorAll("*")) {
    if (parent.children.length < MANY || alike.some((node) => node.contains(parent))) continue;
    const groups = Map.groupBy(parent.children, looks);
    for (const nodes of groups.values()) alike.push(...nodes.slice(2, -1));
  }
  if (alike.length < MANY) return (await axe.run(rules)).violations;
  const most = await axe.run({ ...rules, rules: { "color-contrast": { enabled: false } } });
  const contrast = await axe.run({ include: [document], exclude: alike }, { ...rules, runOnly: ["color-contrast"] });
  return [...most.violations, ...contrast.violations];
}
