/** The build puts the minified style sheet in. */
declare module "*.css" {
  const text: string;
  export default text;
}
