/** Text of others, in which addresses of the web can be followed. Nothing else in it means anything. */
export function Linked({ text }: { text: string }) {
  return text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/).map((part, n) =>
    n % 2 === 1 ? <a key={n} href={part} target="_blank" rel="noreferrer noopener nofollow">{part}</a> : part);
}
