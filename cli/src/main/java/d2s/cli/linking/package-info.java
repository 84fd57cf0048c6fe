/** Links accounts that exist to the ids that they have at a provider of single sign-on. */
package d2s.cli.linking;
