/** Text that the bundle carries: `import task from "../content/task.md"` gives a string. */
declare module "*.md" {
  const text: string;
  export default text;
}

declare module "*.py" {
  const text: string;
  export default text;
}
